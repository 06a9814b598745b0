print("restarts containers when it is told to")
