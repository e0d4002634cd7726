"""Every kind of chart in the report; none of them knows a topic."""
