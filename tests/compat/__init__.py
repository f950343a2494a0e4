"""What people had: a frozen copy of it, judged and read by today's code as by the code of then."""
