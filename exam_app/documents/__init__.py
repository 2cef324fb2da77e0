"""documents — official documents of a meeting: drafted from the record, frozen when issued, checked ever after."""
