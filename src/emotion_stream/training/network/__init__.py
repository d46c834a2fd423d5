"""What is learned: the MFCC front end, the networks, and the ONNX file that serves."""
