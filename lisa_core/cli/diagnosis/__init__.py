"""`lisa doctor`: what this computer has, and what stays untested without the rest."""
