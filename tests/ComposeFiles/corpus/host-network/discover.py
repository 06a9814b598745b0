print("looks for devices")
