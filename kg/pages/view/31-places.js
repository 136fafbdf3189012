"use strict";
// Where things stand in the picture: as laid out, and where something unfolds, with room made for it.
{
  const ROW = (View.model.box?.height ?? 42) + 2;

  /** Places nearest to those wished for, in their order and at least a row apart: least squares, by pooling adjacent violators. */
  const apart = (wishes) => {
    const pools = [];
    wishes.forEach((wish, i) => {
      pools.push({ sum: wish - i * ROW, count: 1 });
      while (pools.length > 1 && pools[pools.length - 2].sum / pools[pools.length - 2].count > pools[pools.length - 1].sum / pools[pools.length - 1].count) {
        const last = pools.pop();
        pools[pools.length - 1].sum += last.sum;
        pools[pools.length - 1].count += last.count;
      }
    });
    return pools.flatMap(({ sum, count }) => Array(count).fill(sum / count)).map((place, i) => place + i * ROW);
  };

  /** The heights of what is shown, by id, for all that do not stand as they were laid out. */
  View.moved = (shown) => {
    const found = new Map();
    const columns = new Map();
    for (const id of shown) {
      const node = View.nodes.get(id);
      if (!columns.has(node.x)) columns.set(node.x, []);
      columns.get(node.x).push(node);
    }
    for (const nodes of columns.values()) {
      if (!nodes.some((node) => node.hidden)) continue;
      nodes.sort((a, b) => a.y - b.y);
      apart(nodes.map((node) => node.y)).forEach((y, i) => found.set(nodes[i].id, y));
    }
    return found;
  };
}
