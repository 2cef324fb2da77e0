"""incidents — what goes wrong in a room and how it is put right: outages, emergency files."""
