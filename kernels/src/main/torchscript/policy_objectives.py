# The policy losses, one function each: the loss [n] of tokens before aggregation, a function of their log-probabilities, and
# what the loss did to each token. Where a reference implementation is named, the numbers are its own.

class Term(NamedTuple):
  loss : Tensor
  ratio : Tensor
  clipped : Tensor
  bounded : Tensor


def never(values: Tensor) -> Tensor:
  return torch.zeros_like(values, dtype=11)


def dual_bound(advantages: Tensor, dual_clip: float) -> Tensor:
  """The largest loss that a token of negative advantage may have; 0 is none. Ye et al., "Mastering complex control in MOBA
  games with deep reinforcement learning", 2020."""
  if dual_clip == 0.:
    return torch.full_like(advantages, inf)
  return torch.where(torch.lt(advantages, 0.), torch.mul(advantages, -dual_clip), inf)


def clip(ratio: Tensor, advantages: Tensor, low: float, high: float, dual_clip: float,
    cap: float) -> __torch__.policy_objectives.Term:
  """Schulman et al., "Proximal policy optimization algorithms", 2017, equation 7; asymmetric bounds: Yu et al., "DAPO",
  2025. The cap bounds the ratio where it is not clipped (delta in TRL); 0 is none."""
  kept = ratio
  if cap != 0.:
    kept = torch.clamp(ratio, None, cap)
  unclipped = torch.neg(torch.mul(advantages, kept))
  clipped = torch.neg(torch.mul(advantages, torch.clamp(ratio, 1. - low, 1. + high)))
  larger = torch.maximum(unclipped, clipped)
  bound = __torch__.policy_objectives.dual_bound(advantages, dual_clip)
  return __torch__.policy_objectives.Term(
      torch.minimum(larger, bound), ratio, torch.gt(clipped, unclipped), torch.gt(larger, bound))
