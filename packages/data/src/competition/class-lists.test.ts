import { expect, it } from 'vitest';
import { classLists } from './class-lists.ts';

const classes = ['a', 'b', '2', '30'];
const towns = ['New York', 'Rome'];

it.each<[string[], ReturnType<typeof classLists>, string[]?]>([
  [['a b', 'b'], { separator: ' ', most: 2 }],
  [['30 2 a', '2'], { separator: ' ', most: 3 }],
  [['Rome, New York', 'Rome'], { separator: ', ', most: 2 }, towns],
  [['Rome New York', 'Rome'], undefined, towns],
  [['Rome Paris', 'New York'], undefined, [...towns, 'Paris']], // Not to be read again: New York Paris.
  [['a;b;2;30'], { separator: ';', most: 4 }],
  [['Rome', 'New York'], undefined, towns], // One class each.
  [['a b', ''], undefined],
  [['a b', 'a c'], undefined],
  [['a b', 'a,b'], undefined],
  [[], undefined],
])('reads %j', (cells, lists, of = classes) => {
  expect(classLists(cells, of)).toEqual(lists);
});
