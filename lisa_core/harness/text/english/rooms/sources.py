"""Where classes have what they ask for, as they say it."""

from __future__ import annotations

SOURCES: dict[str, str] = {
    "S0.7, S1.2, S1.8 und S3.4; DIN 18040-1:2010-10; EN 301 549 V3.2.1, 8.3; ISO 23351-1:2020": (
        "S0.7, S1.2, S1.8 and S3.4; DIN 18040-1:2010-10; EN 301 549 V3.2.1, 8.3; ISO 23351-1:2020"
    ),
    "Anforderung S0.11.kopieren; Begriff der Zeit bis zur ersten Seite nach ISO/IEC 17629:2014": (
        "Requirement S0.11.kopieren; the term time to the first page is that of ISO/IEC 17629:2014"
    ),
    "PC/SC Part 3 (Antwort auf Reset); ADR 72: Von einer Karte wird nichts gelesen.": (
        "PC/SC Part 3 (answer to reset); ADR 72: Nothing is read from a card."
    ),
    "EN 301 549 V3.2.1, 6.5 (Bild in Gesprächen)": "EN 301 549 V3.2.1, 6.5 (video communication)",
    "Anforderung S0.10 (Automatic-Call, sobald jemand eintritt); Verfahren nach Hi-Link HLK-LD2420 User Manual, 5.3": (
        "Requirement S0.10 (automatic call as soon as somebody enters); procedure after Hi-Link HLK-LD2420 User "
        "Manual, 5.3"
    ),
    "S0.11 und S3.8; BSI TR-03138 Anlage R (Vollzähligkeit und Vollständigkeit)": (
        "S0.11 and S3.8; BSI TR-03138 Annex R (no page and no part missing)"
    ),
    "Anforderung S1.2 (geht die Tür auf, ist der Ton stumm und sind die Unterlagen ausgeblendet)": (
        "Requirement S1.2 (when the door opens, sound is muted and papers are hidden)"
    ),
    "Anforderung S1.10; ISO/IEC 19794-7 (Zeitreihen von Unterschriften)": (
        "Requirement S1.10; ISO/IEC 19794-7 (time series of signatures)"
    ),
    "Anforderung S3.7 (durch die Kamera auf mitgebrachte Unterlagen sehen)": (
        "Requirement S3.7 (to see papers that were brought along through the camera)"
    ),
    "EN 60118-4:2015 (Induktionsschleifen für Hörgeräte); Anforderung S1.8": (
        "EN 60118-4:2015 (induction loops for hearing aids); requirement S1.8"
    ),
    "Anforderung S3.13 (frei, belegt oder gestört ist von außen zu sehen)": (
        "Requirement S3.13 (free, occupied or out of order is to be seen from outside)"
    ),
    "EN 301 549 V3.2.1, 8.2.1 (Lautstärke von Sprachausgabe); Anforderung S3.13": (
        "EN 301 549 V3.2.1, 8.2.1 (speech volume); requirement S3.13"
    ),
    "EN 301 549 V3.2.1, 6.1 (Ton in Gesprächen)": "EN 301 549 V3.2.1, 6.1 (audio bandwidth for speech)",
    "Anforderung S1.2 (von außen ist nichts zu sehen)": "Requirement S1.2 (nothing is to be seen from outside)",
}
