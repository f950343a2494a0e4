"""What is heard, and by what: sound on its way, and the loudspeaker."""
