stage = "flows"
