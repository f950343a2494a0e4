"""The German sentences about what is served to the network: certificates, keys, addresses."""

from __future__ import annotations

NOT_READ = "{}: Diese Datei lässt sich nicht lesen ({})."
NO_AUTHORITY = "{}: Das ist kein Zertifikat eines Ausstellers (PEM)."
NO_CERTIFICATE = "{}: Das ist kein Zertifikat (PEM; zuerst das eigene, dann die der Aussteller)."
NO_NAME = "{}: Das Zertifikat nennt keinen Rechner (Subject Alternative Name). So nimmt es kein Browser an."
NOT_TOGETHER = "{} und {} passen nicht zueinander, oder der Schlüssel ist kein PEM ohne Kennwort."
KEY_OPEN = "{}: Diesen Schlüssel dürfen alle auf dem Rechner lesen. Das nehmen: chmod o-rwx {}"
IS_OVER = "{}: Das Zertifikat ist seit dem {} abgelaufen. Kabinen und Browser nehmen es nicht an: erneuern."
NOT_YET = "{}: Das Zertifikat gilt erst ab dem {}. Geht die Uhr dieses Rechners richtig?"
OVER_SOON = "{}: Das Zertifikat läuft am {} ab. Erneuern; die neue Datei wird von selbst übernommen."
TOO_WEAK = "{}: Der Schlüssel des Zertifikats hat nur {} Bit (RSA): mindestens 3000, oder eine elliptische Kurve."
WEAK = "{}: Der Schlüssel des Zertifikats hat {} Bit (RSA), das BSI empfiehlt 3000 (TR-02102): beim Erneuern ändern."
RENEWED = "{}: Das erneuerte Zertifikat gilt jetzt, bis {}."
NAMES_LOST = (
    "{}: Das erneuerte Zertifikat nennt nicht mehr: {}. Wer unter diesem Namen wählt, Kabine oder Browser, kommt nicht "
    "mehr herein. War das nicht gewollt, eines mit allen Namen hinlegen."
)
NOT_RENEWED = "Das Zertifikat wird nicht erneuert, das bisherige gilt weiter: {}"
OUTSIDE = (
    "Die Adresse {} ist von außen erreichbar. Ohne Zertifikat wird nur auf 127.0.0.1 gelauscht: 127.0.0.1:{} angeben."
)
PORT_DENIED = (
    "Den Port {} darf dieser Benutzer nicht öffnen, wie jeden unter 1024: bei systemd "
    "AmbientCapabilities=CAP_NET_BIND_SERVICE, oder einen Port ab 1024 wählen."
)
NO_TLS = (
    "Die Adresse {} ist von außen erreichbar: nur verschlüsselt. Zertifikat und Schlüssel angeben (--certificate, "
    "--key); ohne wird nur auf 127.0.0.1 gelauscht: 127.0.0.1:{}."
)
ONE_OF_TWO = "Zu --certificate gehört --key, und umgekehrt."
ENDS = "Das Programm wird hier gerade beendet. Bitte gleich noch einmal."
