"""What scanners and printers on a network have alike: the plug, the certificate, bodies of requests, being found."""
