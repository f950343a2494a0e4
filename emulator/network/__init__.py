"""A bad network: joins two network namespaces of this computer, and loses, delays and jitters what passes, by a seed.

    weather      what becomes of each packet: pure, the same for the same seed
    tunnel       the two ends (TUN), each in a namespace
    forwarder    carries packets from end to end, when their time has come

    python -m emulator.network A,10.0.0.1/30 B,10.0.0.2/30 --seed 7 --loss 0.02 --delay-ms 40 --jitter-ms 5

A and B are files of namespaces (`/run/netns/NAME`, `/proc/PID/ns/net`). It ends with Ctrl-C or SIGTERM, and both ends
are gone with it. No kernel module (netem) is needed, only /dev/net/tun and the right to enter the namespaces.
"""
