# Estimators of the KL divergence from the policy to the reference by one sampled token: Schulman, "Approximating KL
# divergence", 2020.

def bounded_k3(x: Tensor) -> Tensor:
  """k3 with the bounds of verl's kl_penalty, where x is the reference less the policy log-probability."""
  bounded = torch.clamp(x, -20., 20.)
  return torch.clamp(torch.sub(torch.sub(torch.exp(bounded), bounded), 1.), -10., 10.)


def estimate(logprob: Tensor, reference: Tensor, estimator: int) -> Tensor:
  """Estimates [n]: 0 k1, 1 abs, 2 k2, 3 k3 within bounds, 4 k3."""
  difference = torch.sub(logprob, reference)
  if estimator == 0:
    return difference
  if estimator == 1:
    return torch.abs(difference)
  if estimator == 2:
    return torch.mul(torch.square(difference), 0.5)
  if estimator == 3:
    return __torch__.kl_divergence.bounded_k3(torch.neg(difference))
  return torch.add(torch.sub(torch.exp(torch.neg(difference)), 1.), difference)


def straight_through(logprob: Tensor, reference: Tensor, estimator: int) -> Tensor:
  """The value of an estimator with the gradient of k2, which in expectation is that of the divergence."""
  k2 = __torch__.kl_divergence.estimate(logprob, reference, 2)
  return torch.add(torch.sub(k2, k2.detach()), __torch__.kl_divergence.estimate(logprob, reference, estimator).detach())
