"""What an exchange keeps: where (`--data`, `--store`), and as one file and back (`lisa backup`, `lisa restore`)."""
