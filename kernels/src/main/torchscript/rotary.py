# Rotary position embedding: Su et al., "RoFormer: enhanced transformer with rotary position embedding", 2021.
# Checkpoints pair dimension i of a head with dimension i + half, which makes one complex number of the two; a position
# turns it by position * frequency. The outcome lists the pairs one after the other. Queries and keys are turned alike,
# so the order of dimensions makes no difference to their products.

def rotations(frequencies: Tensor, length: int) -> Tensor:
  """Unit complex numbers [length, half] by which each position turns each pair; frequencies [half] in radians."""
  positions = torch.arange(length, dtype=6, layout=None, device=frequencies.device)
  angles = torch.outer(positions, frequencies)
  return torch.complex(torch.cos(angles), torch.sin(angles))


def turn(heads: Tensor, rotation: Tensor) -> Tensor:
  """heads [..., head size] turned by rotation [..., half], which must broadcast against heads."""
  first, second = torch.chunk(heads.to(6), 2, -1)
  turned = torch.mul(torch.complex(first, second), rotation)
  return torch.flatten(torch.view_as_real(turned), -2).to(heads.dtype)
