"""What a reader of the law and of the service needs: values, and the three pure machines of visit, case and routing."""
