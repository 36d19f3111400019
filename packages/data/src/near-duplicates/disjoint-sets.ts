/** Sets that grow together (union-find, with path halving): the smallest member names each. */
export class DisjointSets {
  private readonly parent: Uint32Array;

  /** @param size each member is a set of its own at first */
  constructor(size: number) {
    this.parent = Uint32Array.from({ length: size }, (_, i) => i);
  }

  find(member: number): number {
    const { parent } = this;
    while (parent[member] !== member) member = parent[member] = parent[parent[member]!]!;
    return member;
  }

  join(a: number, b: number): void {
    const [low, high] = [this.find(a), this.find(b)].sort((x, y) => x - y) as [number, number];
    this.parent[high] = low;
  }
}
