"""Between a leg and its packets: what is converted for a codec, what arrives, and in what order it is given on."""
