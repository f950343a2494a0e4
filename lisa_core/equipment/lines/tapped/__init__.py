"""Where a line may be listened to, or played: what whoever stands there gets to see, and how it is found."""
