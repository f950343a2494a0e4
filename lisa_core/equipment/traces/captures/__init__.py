"""Captures of others (pcapng, pcap) as recordings: what Wireshark, tcpdump or a USB sniffer kept of a device.

streams     what stands in a capture, as values: who spoke with whom, and what; pure
listing     what tshark lists of each packet, made into these; following: what it says of each TCP connection
tshark      the program of others that reads the file, and joins what networks had cut, lost, doubled and mixed up
choice      which of the devices in it is meant
exchanges   HTTP as questions and answers; telnet: serial lines over the network, without what their two ends arrange
imported    all of it: the entries of a recording, masked as if they had been heard

Nothing here knows a driver: which line a device hangs on says the grammar of its address.
"""
