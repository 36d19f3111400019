/** Text competitions that ask for one of two values, or for several such. */
import { itWorksOut } from '../../testing/known-shape.ts';
import {
  always,
  each,
  bit,
  from,
  makeTables,
  oneOf,
  rareBit,
  share,
  words,
} from '../../testing/make-tables.ts';

const toxic = 'toxic severe_toxic obscene threat insult identity_hate';

itWorksOut([
  [
    'disaster tweets',
    makeTables(
      {
        id: (r) => r * 2 + 1,
        keyword: oneOf('', 'ablaze', 'flood%20warning', 'crash'),
        location: oneOf('', 'Leeds', 'New York, USA'),
        text: words(14),
        target: bit,
      },
      { id: (r) => r * 2, keyword: oneOf('', 'ablaze'), location: oneOf('', 'Leeds'), text: words(14, 2) },
      { id: (r) => r * 2, target: always(0) },
    ),
    { columns: { id: 'id', text: 'text', target: 'target' }, task: 'binary', metric: 'accuracy' },
    ['keyword, location'],
  ],
  [
    'insincere questions',
    makeTables(
      { qid: (r) => `00${r}`, question_text: words(12), target: rareBit },
      { qid: (r) => `ff${r}`, question_text: words(12, 1) },
      { qid: (r) => `ff${r}`, prediction: always(0) },
    ),
    {
      columns: { id: 'qid', text: 'question_text', target: 'target' },
      task: 'binary',
      metric: 'f1',
      submission: { prediction: 'target' },
    },
  ],
  [
    'pairs of questions, with a test id of another name',
    makeTables(
      {
        id: from(0),
        qid1: from(1),
        qid2: from(500),
        question1: words(10),
        question2: words(10, 1),
        is_duplicate: bit,
      },
      { test_id: from(0), question1: words(10, 2), question2: words(10, 3) },
      { test_id: from(0), is_duplicate: oneOf(0.5, 1) },
    ),
    {
      columns: {
        id: { train: 'id', test: 'test_id', sample: 'test_id' },
        text: ['question1', 'question2'],
        target: 'is_duplicate',
      },
      task: 'binary',
      metric: 'roc-auc',
    },
    ['qid1, qid2'],
  ],
  [
    'evergreen pages',
    makeTables(
      {
        url: (r) => `http://example.org/${r}`,
        urlid: from(4000),
        boilerplate: words(80),
        alchemy_category: oneOf('business', '?'),
        avglinksize: share,
        linkwordscore: from(1),
        label: bit,
      },
      {
        url: (r) => `http://example.com/${r}`,
        urlid: from(9000),
        boilerplate: words(80, 1),
        alchemy_category: oneOf('business', '?'),
        avglinksize: share,
        linkwordscore: from(1),
      },
      { urlid: from(9000), label: always(0) },
    ),
    { columns: { id: 'urlid', text: 'boilerplate', target: 'label' }, task: 'binary', metric: 'accuracy' },
  ],
  [
    'generated essays, whose prompts are few',
    makeTables(
      { id: (r) => `00${r}`, prompt_id: bit, text: words(200), generated: rareBit },
      { id: (r) => `0b${r}`, prompt_id: oneOf(2, 3), text: words(200, 1) },
      { id: (r) => `0b${r}`, generated: always(0.1) },
    ),
    { columns: { id: 'id', text: 'text', target: 'generated' }, task: 'binary', metric: 'roc-auc' },
    ['prompt_id'],
  ],
  [
    'reviews of films',
    makeTables(
      { id: (r) => `${r}_8`, sentiment: bit, review: words(230) },
      { id: (r) => `${12000 + r}_10`, review: words(230, 1) },
      { id: (r) => `${12000 + r}_10`, sentiment: always(0) },
    ),
    { columns: { id: 'id', text: 'review', target: 'sentiment' }, task: 'binary', metric: 'accuracy' },
  ],
  [
    'messages that are ham or spam, in a file without ids',
    makeTables(
      { v1: oneOf('ham', 'spam'), v2: words(15) },
      { id: from(0), v2: words(15, 1) },
      { id: from(0), v1: always('ham') },
    ),
    {
      columns: { id: { test: 'id', sample: 'id' }, text: 'v2', target: 'v1' },
      task: 'binary',
      classes: ['ham', 'spam'],
      metric: 'accuracy',
    },
  ],
  [
    'tags of two values by name, and probabilities with prefixes',
    makeTables(
      { Id: from(1), Text: words(12), Toxic: oneOf(true, false) },
      { Id: from(900), Text: words(12, 1) },
      { Id: from(900), prob_true: always(0.5), prob_false: always(0.5) },
    ),
    {
      columns: { id: 'Id', text: 'Text', target: 'Toxic' },
      task: 'binary',
      classes: ['false', 'true'],
      metric: 'log-loss',
      submission: { prob_true: 'true', prob_false: 'false' },
    },
  ],
  [
    'battles of two chatbots by name',
    makeTables(
      {
        id: (r) => `a${r}`,
        prompt: words(20),
        response_a: words(60, 1),
        response_b: words(60, 2),
        winner: oneOf('model_a', 'model_b'),
        model_a: oneOf('gpt', 'koala'),
        model_b: oneOf('llama', 'gpt'),
        language: oneOf('English', 'Russian'),
      },
      { id: (r) => `b${r}`, prompt: words(20, 3), response_a: words(60, 4), response_b: words(60, 5) },
      { id: (r) => `b${r}`, winner: always('model_a') },
    ),
    {
      columns: { id: 'id', text: ['prompt', 'response_a', 'response_b'], target: 'winner' },
      task: 'binary',
      classes: ['model_a', 'model_b'],
      metric: 'accuracy',
    },
  ],
  [
    'toxic comments in several languages, whose texts have another name in test',
    makeTables(
      { id: (r) => `a${r}`, comment_text: words(40), toxic: rareBit, obscene: rareBit },
      { id: from(0), content: words(40, 1), lang: oneOf('es', 'it', 'tr') },
      { id: from(0), toxic: always(0.5) },
    ),
    { columns: { id: 'id', text: 'comment_text', target: 'toxic' }, task: 'binary', metric: 'roc-auc' },
    ['obscene'],
  ],
  [
    'toxic comments',
    makeTables(
      { id: (r) => `a${r}`, comment_text: words(40), ...each(toxic, rareBit) },
      { id: (r) => `b${r}`, comment_text: words(40, 1) },
      { id: (r) => `b${r}`, ...each(toxic, always(0.5)) },
    ),
    {
      columns: { id: 'id', text: 'comment_text', target: toxic.split(' ') },
      task: 'multi-label',
      metric: 'roc-auc',
    },
  ],
  [
    'topics of papers, decided, with names of spaces',
    makeTables(
      {
        ID: from(1),
        TITLE: words(9),
        ABSTRACT: words(90, 1),
        'Computer Science': bit,
        Physics: rareBit,
        Mathematics: bit,
      },
      { ID: from(20973), TITLE: words(9, 2), ABSTRACT: words(90, 3) },
      { ID: from(20973), 'Computer Science': always(0), Physics: always(0), Mathematics: always(0) },
    ),
    {
      columns: {
        id: 'ID',
        text: ['TITLE', 'ABSTRACT'],
        target: ['Computer Science', 'Physics', 'Mathematics'],
      },
      task: 'multi-label',
      metric: 'f1-micro',
    },
  ],
]);
