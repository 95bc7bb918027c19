# The value head: one number for each position, the dot product of its weights with the final norm of the hidden state. It is
# computed in 32-bit floats whatever the type of the layers below.

def weights(model: Dict[str, Tensor], flat: Tensor) -> Tensor:
  """Weights [1, hidden] of the head in the flat tensor of a model, or of its gradient."""
  return __torch__.decoder.tensors(flat, model["value_head"])[0]


def values(hidden: Tensor, norm: Tensor, head: Tensor, epsilon: float) -> Tensor:
  """Values [n] of hidden states [n, hidden] behind the last layer."""
  normed = __torch__.decoder.rms_norm(hidden, norm.to(hidden.dtype), epsilon)
  return torch.linear(normed.to(6), head).squeeze(1)


def token_values(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """values [m] at positions [m] of the flattened ids [batch, time]."""
  layers = __torch__.decoder.tensors(inputs["weights"], inputs["views"])
  cast = __torch__.decoder.cast(layers, int(inputs["compute_type"].item()))
  x = __torch__.logprobs.hidden(inputs, cast, inputs["ids"])
  selected = torch.index_select(torch.flatten(x, 0, 1), 0, inputs["positions"])
  values = __torch__.value_head.values(selected, __torch__.decoder.final_norm(layers),
      __torch__.value_head.weights(inputs, inputs["weights"]), float(inputs["epsilon"].item()))
  return {"values": values.cpu()}
