# The policy that sampled a token is not quite the old policy of the loss: another program computed its probabilities, with
# other rounding. Importance weights correct for that: Yao et al., "Your efficient RL framework secretly brings you off-policy
# RL training", 2025 (truncation); Zhao et al., "Small leak can sink a great ship", 2025 (IcePop's bounds, outside of which a
# token counts nothing).

def raw_weights(old: Tensor, sampler: Tensor, whole: bool, sequence: Tensor, sequences: int) -> Tensor:
  """Old to sampler probability of each token [n], or of its whole sequence."""
  difference = torch.sub(old, sampler)
  if whole:
    difference = __torch__.segments.spread_sum(difference, sequence, sequences)
  return torch.exp(torch.clamp(difference, -20., 20.))


def outside(weights: Tensor, minimum: float, maximum: float) -> Tensor:
  return torch.logical_or(torch.lt(weights, minimum), torch.gt(weights, maximum))


def within(weights: Tensor, mask: bool, minimum: float, maximum: float) -> Tensor:
  """Weights outside of the bounds are 0 if they mask, else the bound."""
  if mask:
    return torch.where(__torch__.mismatch.outside(weights, minimum, maximum), torch.zeros_like(weights), weights)
  return torch.clamp(weights, minimum, maximum)
