# The loss of a critic: Schulman et al., "High-dimensional continuous control using generalized advantage estimation", 2016,
# with the clipping of OpenAI's baselines, as in verl and TRL.

class Objective(NamedTuple):
  by_value : Tensor
  sums : Tensor


def objective(value: Tensor, old: Tensor, returns: Tensor, weights: Tensor,
    clip: float) -> __torch__.value_loss.Objective:
  """The sum over tokens of weight * max((v - R)^2, (v' - R)^2) / 2, where v' is v within clip of the old value: its derivative
  [n] with respect to value [n]; sums in double precision: loss, tokens whose clipped loss is the larger one, value, squared
  error."""
  torch.set_grad_enabled(True)
  leaf = value.detach().requires_grad_(True)
  near = torch.minimum(torch.maximum(leaf, torch.sub(old, clip)), torch.add(old, clip))
  plain = torch.square(torch.sub(leaf, returns))
  clipped = torch.square(torch.sub(near, returns))
  loss = torch.mul(torch.mul(torch.maximum(plain, clipped), 0.5), weights)
  found = torch.grad([torch.sum(loss)], [leaf], None, None, False, False)[0]
  torch.set_grad_enabled(False)
  if found is None:
    by_value = torch.zeros_like(value)
  else:
    by_value = found
  sums = torch.stack([
      torch.sum(loss.detach(), dtype=7),
      torch.sum(torch.gt(clipped.detach(), plain.detach()), dtype=7),
      torch.sum(value, dtype=7),
      torch.sum(plain.detach(), dtype=7)])
  return __torch__.value_loss.Objective(by_value, sums)


def evaluate(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """The loss of given values [n] with its gradient: the loss without a model. clip_value inf is no clipping."""
  objective = __torch__.value_loss.objective(inputs["values"], inputs["old_values"], inputs["returns"],
      inputs["token_weights"], float(inputs["clip_value"].item()))
  return {"gradient": objective.by_value.cpu(), "sums": objective.sums.cpu()}
