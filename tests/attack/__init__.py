"""What attackers, faults and strangers did to the running programs, row by row; others go on talking meanwhile."""
