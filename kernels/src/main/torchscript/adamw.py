# AdamW: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019; operation by operation as torch.optim.AdamW.

def squares(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """Sum of squares of each block of gradient [n], in double precision: [blocks], to be added in order."""
  gradient = inputs["gradient"]
  block = int(inputs["block"].item())
  sums = annotate(List[Tensor], [])
  for start in range(0, gradient.size(0), block):
    length = min(block, gradient.size(0) - start)
    sums.append(torch.sum(torch.square(torch.narrow(gradient, 0, start, length).to(7))))
  return {"sums": torch.stack(sums).cpu()}


def update(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """One update of weights, first and second moment, all [n], in place.

  gradient [n] is multiplied by scale; decayed [k, 2] holds first and last + 1 index of the ranges that decay; update
  counts from 1."""
  weights = inputs["weights"]
  first = inputs["first_moment"]
  second = inputs["second_moment"]
  learning_rate = float(inputs["learning_rate"].item())
  beta1 = float(inputs["beta1"].item())
  beta2 = float(inputs["beta2"].item())
  update = int(inputs["update"].item())
  gradient = torch.mul(inputs["gradient"], float(inputs["scale"].item()))

  kept = 1. - learning_rate * float(inputs["weight_decay"].item())
  decayed = inputs["decayed"]
  for i in range(decayed.size(0)):
    start, end = annotate(List[int], decayed[i].tolist())
    torch.narrow(weights, 0, start, end - start).mul_(kept)

  first.lerp_(gradient, 1. - beta1)
  second.mul_(beta2).addcmul_(gradient, gradient, value=1. - beta2)
  correction1 = 1. - beta1 ** update
  correction2 = 1. - beta2 ** update
  denominator = torch.sqrt(second).div_(correction2 ** 0.5).add_(float(inputs["epsilon"].item()))
  weights.addcdiv_(first, denominator, value=-(learning_rate / correction1))
  return annotate(Dict[str, Tensor], {})
