"""Windows to readings: the ONNX recogniser, stateless and shared.

`recognizer.Recognizer` is the entry; `model` reads and checks the file.
"""
