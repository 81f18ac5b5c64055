"""Several people on one server: rights, presence, restricted sessions, backups, clocks."""
