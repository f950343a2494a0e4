"""`lisa abnahme`: kept runs become one document for two parties."""
