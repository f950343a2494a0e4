"""Two exchanges on one database: one is killed or cut off, the other takes over, and nobody loses anything."""
