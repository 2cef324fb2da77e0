"""exam_app — the online exam on legal knowledge before appointment, and the procedure around it."""
