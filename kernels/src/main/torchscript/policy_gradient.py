# Forward and backward in one call, layer by layer: activations live no longer than needed, and where memory asks for it
# only the inputs of layers are kept and the rest is computed again (Chen et al., "Training deep nets with sublinear memory
# cost", 2016). The output projection, the log-softmax and the loss run over a chunk of tokens at a time, with their
# gradient in closed form.

def leaves(weights: List[Tensor], learn: bool) -> List[Tensor]:
  """The same tensors as inputs of a graph of their own, with gradients if they learn."""
  result : List[Tensor] = []
  for weight in weights:
    result.append(weight.detach().requires_grad_(learn))
  return result


def nothing_of(weights: List[Tensor]) -> List[Tensor]:
  """Empty gradients, for weights that do not learn."""
  result : List[Tensor] = []
  for weight in weights:
    result.append(torch.narrow(torch.flatten(weight), 0, 0, 0))
  return result


def backward(output: Tensor, gradient: Tensor, x: Tensor, weights: List[Tensor],
    weight_gradients: List[Tensor]) -> Tensor:
  """Adds the gradients of weights to weight_gradients in place, but to empty ones; returns that of x."""
  torch.set_grad_enabled(True)
  found = torch.grad([output], torch.add([x], weights), annotate(List[Optional[Tensor]], [gradient]), None, False, True)
  torch.set_grad_enabled(False)
  for i in range(len(weights)):
    value = found[i + 1]
    if value is not None and weight_gradients[i].numel() > 0:
      weight_gradients[i].add_(value)
  first = found[0]
  if first is None:
    return torch.zeros_like(x)
  return first


def layer_forward(weights: List[Tensor], adapter: __torch__.lora.Adapter, sizes: __torch__.decoder.Sizes, x: Tensor,
    rotation: Tensor) -> Tensor:
  layer = __torch__.decoder.layer_of(__torch__.decoder.cast(weights, x.dtype), __torch__.lora.cast(adapter, x.dtype))
  return __torch__.decoder.forward(layer, sizes, x, rotation)


def add_product(sum: Tensor, a: Tensor, b: Tensor) -> None:
  """sum += a b, in place."""
  if a.dtype == sum.dtype:
    sum.addmm_(a, b)
  else:
    sum.add_(torch.mm(a, b))


class Distribution(NamedTuple):
  logprob : Tensor
  entropy : Tensor
  masses : Tensor
  total : Tensor
  log_total : Tensor


def block_rows(logits: Tensor) -> int:
  """How many rows of logits [n, vocabulary] to take through all steps together: on a CPU, as many as stay in its cache."""
  if logits.is_cuda:
    return logits.size(0)
  return max(1, 262144 // logits.size(1))


def distribution(logits: Tensor, targets: Tensor) -> __torch__.policy_gradient.Distribution:
  """The softmax of logits [n, vocabulary], with log-probabilities of targets [n] and entropies [n]. Overwrites logits, in
  whose memory the result lives.

  With m the largest logit, masses are e = exp(logit - m) and z their sum. Then log p = logit - m - log z and the entropy is
  h = log z - sum e (logit - m) / z."""
  rows = __torch__.policy_gradient.block_rows(logits)
  room = torch.empty_like(torch.narrow(logits, 0, 0, min(rows, logits.size(0))))
  chosen : List[Tensor] = []
  totals : List[Tensor] = []
  weighted : List[Tensor] = []
  for start in range(0, logits.size(0), rows):
    length = min(rows, logits.size(0) - start)
    block = torch.narrow(logits, 0, start, length)
    shifted = torch.sub(block, torch.amax(block, [-1], True), out=torch.narrow(room, 0, 0, length))
    chosen.append(torch.gather(shifted, 1, torch.narrow(targets, 0, start, length).unsqueeze(1)).squeeze(1))
    masses = torch.exp(shifted, out=block)
    totals.append(torch.sum(masses, [-1]))
    weighted.append(torch.sum(shifted.mul_(masses), [-1]))
  total = torch.cat(totals)
  log_total = torch.log(total)
  entropy = torch.sub(log_total, torch.div(torch.cat(weighted), total))
  return __torch__.policy_gradient.Distribution(
      torch.sub(torch.cat(chosen), log_total), entropy, logits, total, log_total)


def logits_gradient(d: __torch__.policy_gradient.Distribution, by_logprob: Tensor, by_entropy: Tensor, targets: Tensor,
    entropy_counts: bool) -> Tensor:
  """Gradient [n, vocabulary] with respect to the logits, in the memory of d.

  With g and c the derivatives of the loss with respect to the target's log-probability and to the entropy h, it is g onehot -
  p (g + c (log p + h)), where e log p = e (log e - log z); c is read only where entropy counts."""
  factor = torch.add(by_logprob, torch.mul(by_entropy, torch.sub(d.entropy, d.log_total)))
  by_mass = torch.div(torch.neg(factor), d.total).unsqueeze(1)
  gradient = d.masses
  if entropy_counts:
    by_product = torch.div(by_entropy, d.total).unsqueeze(1)
    rows = __torch__.policy_gradient.block_rows(gradient)
    for start in range(0, gradient.size(0), rows):
      length = min(rows, gradient.size(0) - start)
      block = torch.narrow(gradient, 0, start, length)
      products = torch.xlogy(block, block)
      block.mul_(torch.narrow(by_mass, 0, start, length))
      block.addcmul_(products, torch.narrow(by_product, 0, start, length), value=-1)
  else:
    gradient.mul_(by_mass)
  return gradient.scatter_add_(1, targets.unsqueeze(1), by_logprob.unsqueeze(1))


def token_settings(inputs: Dict[str, Tensor]) -> Optional[__torch__.policy_loss.Settings]:
  """Those of a loss of tokens; nothing where completions are compared."""
  if __torch__.preference.given(inputs):
    return None
  return __torch__.policy_loss.settings(inputs)


def reads_sequences(s: Optional[__torch__.policy_loss.Settings]) -> bool:
  if s is not None:
    return __torch__.policy_loss.reads_sequences(s)
  return True


def entropy_counts(s: Optional[__torch__.policy_loss.Settings]) -> bool:
  if s is not None:
    return s.entropy_coefficient != 0.
  return False


def objective(s: Optional[__torch__.policy_loss.Settings], inputs: Dict[str, Tensor], start: int, logprob: Tensor,
    entropy: Tensor) -> __torch__.policy_loss.Objective:
  """The objective of the tokens from start on whose log-probabilities and entropies are given; of all tokens where it
  compares completions."""
  if s is not None:
    return __torch__.policy_loss.objective(
        s, __torch__.policy_loss.tokens(inputs, start, logprob.size(0)), logprob, entropy)
  return __torch__.preference.objective(inputs, logprob, entropy)


def whole_objective(s: Optional[__torch__.policy_loss.Settings], inputs: Dict[str, Tensor], hidden: Tensor, norm: Tensor,
    projection: Tensor, room: Tensor) -> __torch__.policy_loss.Objective:
  """The objective over all rows hidden [n, hidden], whose log-probabilities and entropies are found a chunk at a time."""
  targets = inputs["targets"]
  logprobs : List[Tensor] = []
  entropies : List[Tensor] = []
  for start in range(0, hidden.size(0), room.size(0)):
    length = min(room.size(0), hidden.size(0) - start)
    normed = __torch__.logprobs.scaled(torch.narrow(hidden, 0, start, length), norm.to(hidden.dtype),
        float(inputs["epsilon"].item()), float(inputs["temperature"].item()))
    logits = __torch__.logprobs.logits(normed, projection, torch.narrow(room, 0, 0, length))
    d = __torch__.policy_gradient.distribution(logits, torch.narrow(targets, 0, start, length))
    logprobs.append(d.logprob)
    entropies.append(d.entropy)
  return __torch__.policy_gradient.objective(s, inputs, 0, torch.cat(logprobs), torch.cat(entropies))


def head(inputs: Dict[str, Tensor], hidden: Tensor, weights: List[Tensor],
    gradients: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
  """Loss over the selected rows hidden [n, hidden]: its gradient, and the sums and maxima of its objective.

  A loss of single tokens is found and differentiated in one pass over chunks of rows. One that reads whole sequences is found
  in a pass of its own, unless all rows fit into one chunk, and then differentiated in a second one, which computes the logits
  again. Adds to the gradients of the final norm and the output projection in place."""
  s = __torch__.policy_gradient.token_settings(inputs)
  epsilon = float(inputs["epsilon"].item())
  temperature = float(inputs["temperature"].item())
  targets = inputs["targets"]
  projection = __torch__.decoder.projection(weights).to(hidden.dtype)
  projection_gradient = __torch__.decoder.projection(gradients)
  norm = __torch__.decoder.final_norm(weights)
  norm_gradient = __torch__.decoder.final_norm(gradients)
  hidden_gradient = torch.empty_like(hidden)
  chunk = min(int(inputs["chunk"].item()), hidden.size(0))
  # Taken once: memory of this size is given back when freed, and getting it again costs more than what is done in it.
  room = torch.empty([chunk, projection.size(0)], dtype=6, layout=None, device=hidden.device)
  objectives : List[__torch__.policy_loss.Objective] = []
  ahead = __torch__.policy_gradient.reads_sequences(s) and chunk < hidden.size(0)
  if ahead:
    objectives.append(__torch__.policy_gradient.whole_objective(s, inputs, hidden, norm, projection, room))
  for start in range(0, hidden.size(0), chunk):
    length = min(chunk, hidden.size(0) - start)
    target = torch.narrow(targets, 0, start, length)
    x = torch.narrow(hidden, 0, start, length).detach().requires_grad_(True)
    norm_leaf = norm.detach().requires_grad_(True)
    torch.set_grad_enabled(True)
    normed = __torch__.logprobs.scaled(x, norm_leaf.to(hidden.dtype), epsilon, temperature)
    torch.set_grad_enabled(False)

    logits = __torch__.logprobs.logits(normed.detach(), projection, torch.narrow(room, 0, 0, length))
    d = __torch__.policy_gradient.distribution(logits, target)
    if ahead:
      by_logprob = torch.narrow(objectives[0].by_logprob, 0, start, length)
      by_entropy = torch.narrow(objectives[0].by_entropy, 0, start, length)
    else:
      objective = __torch__.policy_gradient.objective(s, inputs, start, d.logprob, d.entropy)
      objectives.append(objective)
      by_logprob = objective.by_logprob
      by_entropy = objective.by_entropy
    gradient = __torch__.policy_gradient.logits_gradient(
        d, by_logprob, by_entropy, target, __torch__.policy_gradient.entropy_counts(s)).to(hidden.dtype)
    if projection_gradient.numel() > 0:
      __torch__.policy_gradient.add_product(projection_gradient, gradient.t(), normed.detach())
    torch.narrow(hidden_gradient, 0, start, length).copy_(__torch__.policy_gradient.backward(
        normed, torch.mm(gradient, projection), x, [norm_leaf], [norm_gradient]))
  sums : List[Tensor] = []
  maxima : List[Tensor] = []
  for objective in objectives:
    sums.append(objective.sums)
    maxima.append(objective.maxima)
  return (hidden_gradient, torch.sum(torch.stack(sums), [0]), torch.amax(torch.stack(maxima), [0]))


def value_head(inputs: Dict[str, Tensor], hidden: Tensor, weights: List[Tensor],
    gradients: List[Tensor]) -> Tuple[Tensor, Tensor]:
  """Value loss, times its coefficient, over the selected rows hidden [n, hidden]: its gradient, and the sums of value_loss,
  of which the first has the coefficient too. Adds to the gradients of the final norm and the value head in place."""
  coefficient = float(inputs["value_coefficient"].item())
  x = hidden.detach().requires_grad_(True)
  norm = __torch__.decoder.final_norm(weights).detach().requires_grad_(True)
  head = __torch__.value_head.weights(inputs, inputs["weights"]).detach().requires_grad_(True)
  torch.set_grad_enabled(True)
  values = __torch__.value_head.values(x, norm, head, float(inputs["epsilon"].item()))
  torch.set_grad_enabled(False)
  objective = __torch__.value_loss.objective(values.detach(), inputs["old_values"], inputs["returns"],
      torch.mul(inputs["token_weights"], coefficient), float(inputs["value_clip"].item()))
  gradient = __torch__.policy_gradient.backward(values, objective.by_value, x, [norm, head],
      [__torch__.decoder.final_norm(gradients), __torch__.value_head.weights(inputs, inputs["gradient"])])
  return (gradient, objective.sums)


def evaluate(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """The loss of targets [n] under given logits [n, vocabulary], with its gradient and statistics: the loss without a
  model."""
  s = __torch__.policy_loss.settings(inputs)
  targets = inputs["targets"]
  tokens = __torch__.policy_loss.tokens(inputs, 0, targets.size(0))
  logits = inputs["logits"].clone()
  d = __torch__.policy_gradient.distribution(logits, targets)
  objective = __torch__.policy_loss.objective(s, tokens, d.logprob, d.entropy)
  gradient = __torch__.policy_gradient.logits_gradient(d, objective.by_logprob, objective.by_entropy, targets, True)
  return {"gradient": gradient.cpu(), "sums": objective.sums.cpu(), "maxima": objective.maxima.cpu()}


def run(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """Adds the gradient of the loss over one micro-batch to gradient [parameters], in place: with respect to the adapter if
  there is one, else to the weights.

  ids [batch, time] are padded on the right. positions [n] are places in the flattened ids whose next token counts in the
  loss, targets [n] those tokens; token_weights, advantages, the log-probabilities and sequence [n], the row of each, go with
  them. At most chunk rows of logits exist at a time, and none unless language_head is set: a critic has only the value head,
  which learns where value_coefficient is not 0."""
  weights = __torch__.decoder.tensors(inputs["weights"], inputs["views"])
  adapters = __torch__.lora.tensors(inputs, inputs["adapter"])
  adapted = len(adapters) > 0
  gradients = __torch__.policy_gradient.nothing_of(weights)
  adapter_gradients = __torch__.policy_gradient.nothing_of(adapters)
  if adapted:
    adapter_gradients = __torch__.lora.tensors(inputs, inputs["gradient"])
  else:
    gradients = __torch__.decoder.tensors(inputs["gradient"], inputs["views"])
  sizes = __torch__.decoder.sizes(inputs)
  recompute = bool(inputs["recompute"].item())
  ids = inputs["ids"]
  positions = inputs["positions"]
  rotation = __torch__.rotary.rotations(inputs["frequencies"], ids.size(1))
  count = __torch__.decoder.layers(weights)

  layer_inputs : List[Tensor] = []
  layer_weights : List[List[Tensor]] = []
  layer_adapters : List[__torch__.lora.Adapter] = []
  layer_outputs : List[Tensor] = []
  x = torch.embedding(weights[0], ids).to(int(inputs["compute_type"].item()))
  for l in range(count):
    x = x.detach().requires_grad_(True)
    w = __torch__.policy_gradient.leaves(__torch__.decoder.layer_tensors(weights, l), not adapted)
    adapter = __torch__.lora.learning(
        inputs, __torch__.policy_gradient.leaves(__torch__.lora.layer_tensors(adapters, l), True), l)
    torch.set_grad_enabled(not recompute)
    output = __torch__.policy_gradient.layer_forward(w, adapter, sizes, x, rotation)
    torch.set_grad_enabled(False)
    layer_inputs.append(x)
    layer_weights.append(w)
    layer_adapters.append(adapter)
    if not recompute:
      layer_outputs.append(output)
    x = output

  rows = torch.flatten(x.detach(), 0, 1)
  selected = torch.index_select(rows, 0, positions)
  selected_gradient = torch.zeros_like(selected)
  outputs = annotate(Dict[str, Tensor], {})
  if bool(inputs["language_head"].item()):
    selected_gradient, sums, maxima = __torch__.policy_gradient.head(inputs, selected, weights, gradients)
    outputs["sums"] = sums.cpu()
    outputs["maxima"] = maxima.cpu()
  if float(inputs["value_coefficient"].item()) != 0.:
    value_gradient, value_sums = __torch__.policy_gradient.value_head(inputs, selected, weights, gradients)
    selected_gradient = torch.add(selected_gradient, value_gradient)
    outputs["value_sums"] = value_sums.cpu()
  gradient = torch.zeros_like(rows).index_copy_(0, positions, selected_gradient).view(x.size())

  for i in range(count):
    l = count - 1 - i
    x = layer_inputs.pop(-1)
    w = layer_weights.pop(-1)
    adapter = layer_adapters.pop(-1)
    if recompute:
      torch.set_grad_enabled(True)
      output = __torch__.policy_gradient.layer_forward(w, adapter, sizes, x, rotation)
      torch.set_grad_enabled(False)
    else:
      output = layer_outputs.pop(-1)
    if adapted:
      gradient = __torch__.policy_gradient.backward(
          output, gradient, x, adapter.matrices, __torch__.lora.layer_tensors(adapter_gradients, l))
    else:
      gradient = __torch__.policy_gradient.backward(
          output, gradient, x, w, __torch__.decoder.layer_tensors(gradients, l))
  if not adapted:
    gradients[0].index_add_(0, torch.flatten(ids), torch.flatten(gradient, 0, 1).to(6))
  return outputs
