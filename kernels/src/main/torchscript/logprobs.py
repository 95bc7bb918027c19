# Log-probabilities of tokens. The output projection runs over a chunk of positions at a time, so that [tokens, vocabulary]
# never exists for more than a chunk.

def scaled(hidden: Tensor, norm: Tensor, epsilon: float, temperature: float) -> Tensor:
  """What the output projection reads: the final norm of hidden [n, hidden], divided by the temperature."""
  normed = __torch__.decoder.rms_norm(hidden, norm, epsilon)
  if temperature == 1.:
    return normed
  return torch.div(normed, temperature)


def logits(normed: Tensor, projection: Tensor, room: Tensor) -> Tensor:
  """Logits [n, vocabulary] in room, as 32-bit floats whatever the type they are computed in."""
  if normed.dtype == 6:
    return torch.mm(normed, projection.t(), out=room)
  return room.copy_(torch.mm(normed, projection.t()))


def hidden(model: Dict[str, Tensor], weights: List[Tensor], ids: Tensor) -> Tensor:
  """Output [batch, time, hidden] of the last layer for ids [batch, time], padded on the right."""
  sizes = __torch__.decoder.sizes(model)
  rotation = __torch__.rotary.rotations(model["frequencies"], ids.size(1))
  adapters = __torch__.decoder.cast(__torch__.lora.tensors(model, model["adapter"]), weights[0].dtype)
  x = torch.embedding(weights[0], ids)
  for l in range(__torch__.decoder.layers(weights)):
    adapter = __torch__.lora.of_layer(model, __torch__.lora.layer_tensors(adapters, l), l)
    layer = __torch__.decoder.layer_of(__torch__.decoder.layer_tensors(weights, l), adapter)
    x = __torch__.decoder.forward(layer, sizes, x, rotation)
  return x


def token_logprobs(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """logprobs [m] of targets [m], each read at one of positions [m] of the flattened ids [batch, time]."""
  dtype = int(inputs["compute_type"].item())
  weights = __torch__.decoder.cast(__torch__.decoder.tensors(inputs["weights"], inputs["views"]), dtype)
  epsilon = float(inputs["epsilon"].item())
  temperature = float(inputs["temperature"].item())
  targets = inputs["targets"]
  x = __torch__.logprobs.hidden(inputs, weights, inputs["ids"])
  selected = torch.index_select(torch.flatten(x, 0, 1), 0, inputs["positions"])
  projection = __torch__.decoder.projection(weights)
  chunk = min(int(inputs["chunk"].item()), targets.size(0))
  room = torch.empty([chunk, projection.size(0)], dtype=6, layout=None, device=x.device)
  results : List[Tensor] = []
  for start in range(0, targets.size(0), chunk):
    length = min(chunk, targets.size(0) - start)
    normed = __torch__.logprobs.scaled(torch.narrow(selected, 0, start, length), __torch__.decoder.final_norm(weights),
        epsilon, temperature)
    logits = __torch__.logprobs.logits(normed, projection, torch.narrow(room, 0, 0, length))
    chosen = torch.gather(logits, 1, torch.narrow(targets, 0, start, length).unsqueeze(1)).squeeze(1)
    maximum = torch.amax(logits, [-1], True)
    total = torch.sum(logits.sub_(maximum).exp_(), [-1])
    results.append(torch.sub(torch.sub(chosen, maximum.squeeze(1)), torch.log(total)))
  return {"logprobs": torch.cat(results).cpu()}
