import { expect, it } from 'vitest';
import { classLists } from './class-lists.ts';

const classes = ['a', 'b', 'New York', '2', '30'];

it.each<[string[], ReturnType<typeof classLists>]>([
  [['a b', 'b'], { separator: ' ', most: 2 }],
  [['30 2 a', '2'], { separator: ' ', most: 3 }],
  [['a, New York', 'b'], { separator: ', ', most: 2 }],
  [['a;b;2;30'], { separator: ';', most: 4 }],
  [['a', 'New York'], undefined], // One class each.
  [['a b', ''], undefined],
  [['a b', 'a c'], undefined],
  [['a b', 'a,b'], undefined],
  [[], undefined],
])('reads %j', (cells, lists) => {
  expect(classLists(cells, classes)).toEqual(lists);
});
