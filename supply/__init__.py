"""What Comity is installed from: the lock file, its audit, and the licences of what it names. A tool of the clone, not of the wheel."""
