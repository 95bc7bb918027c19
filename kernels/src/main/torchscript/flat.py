# Parts of one flat tensor, as they travel between the device and Java.

def write(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """Copies values [n] into flat from an offset on, in place."""
  values = inputs["values"]
  offset = int(inputs["offset"].item())
  torch.narrow(inputs["flat"], 0, offset, values.size(0)).copy_(values)
  return annotate(Dict[str, Tensor], {})


def read(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """values [length] of flat from an offset on, in the host's memory."""
  values = torch.narrow(inputs["flat"], 0, int(inputs["offset"].item()), int(inputs["length"].item()))
  return {"values": values.cpu()}
