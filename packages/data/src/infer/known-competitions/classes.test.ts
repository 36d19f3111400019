/** Text competitions that ask for one of several classes. */
import { itWorksOut } from '../../testing/known-shape.ts';
import { always, each, from, makeTables, oneOf, words } from '../../testing/make-tables.ts';

const winners = ['winner_model_a', 'winner_model_b', 'winner_tie'];
const winner = (of: number) => (row: number) => Number((row * 7) % 3 === of);

itWorksOut([
  [
    'authors, with a sample column a class',
    makeTables(
      { id: (r) => `id${r}`, text: words(26), author: oneOf('EAP', 'HPL', 'MWS') },
      { id: (r) => `idt${r}`, text: words(26, 1) },
      { id: (r) => `idt${r}`, EAP: always(0.4), HPL: always(0.3), MWS: always(0.3) },
    ),
    { columns: { id: 'id', text: 'text', target: 'author' }, task: 'multi-class', metric: 'log-loss' },
  ],
  [
    'battles of chatbots, with a 1 in one of three columns',
    makeTables(
      {
        id: from(30192),
        model_a: oneOf('gpt', 'koala'),
        model_b: oneOf('llama', 'gpt'),
        prompt: words(20),
        response_a: words(60, 1),
        response_b: words(60, 2),
        ...Object.fromEntries(winners.map((name, i) => [name, winner(i)])),
      },
      { id: from(136060), prompt: words(20, 3), response_a: words(60, 4), response_b: words(60, 5) },
      { id: from(136060), ...each(winners.join(' '), always('0.333')) },
    ),
    {
      columns: { id: 'id', text: ['prompt', 'response_a', 'response_b'], target: winners },
      task: 'multi-class',
      metric: 'log-loss',
    },
    ['model_a, model_b'],
  ],
  [
    'recipes',
    makeTables(
      {
        id: from(10259),
        cuisine: oneOf('greek', 'southern_us', 'filipino', 'indian'),
        ingredients: words(11),
      },
      { id: from(90000), ingredients: words(11, 1) },
      { id: from(90000), cuisine: always('italian') },
    ),
    {
      columns: { id: 'id', text: 'ingredients', target: 'cuisine' },
      task: 'multi-class',
      metric: 'accuracy',
    },
  ],
  [
    'misconceptions of students, of which the sample ranks three',
    makeTables(
      {
        row_id: from(0),
        QuestionText: words(20),
        StudentExplanation: words(12, 1),
        Category: oneOf('True_Correct', 'False_Neither', 'True_Neither', 'False_Misconception'),
      },
      { row_id: from(36696), QuestionText: words(20, 2), StudentExplanation: words(12, 3) },
      { row_id: from(36696), Category: always('True_Correct False_Neither False_Misconception') },
    ),
    {
      columns: { id: 'row_id', text: ['QuestionText', 'StudentExplanation'], target: 'Category' },
      task: 'multi-class',
      metric: 'map@3',
    },
  ],
  [
    'charges by number, which the sample ranks under another name',
    makeTables(
      { id: from(0), text: words(30), charge: oneOf(11, 12, 30, 7), filed_by: oneOf('court', 'police') },
      { id: from(9000), text: words(30, 1) },
      { id: from(9000), prediction: oneOf('12 7', '30') },
    ),
    {
      columns: { id: 'id', text: 'text', target: 'charge' },
      task: 'multi-class',
      metric: 'map@2',
      submission: { prediction: 'charge' },
    },
    ['filed_by'],
  ],
  [
    'premises and hypotheses',
    makeTables(
      {
        id: (r) => `5130f${r}`,
        premise: words(20),
        hypothesis: words(10, 1),
        lang_abv: oneOf('en', 'fr'),
        language: oneOf('English', 'French'),
        label: oneOf(0, 1, 2),
      },
      {
        id: (r) => `c6d58${r}`,
        premise: words(20, 2),
        hypothesis: words(10, 3),
        lang_abv: oneOf('en', 'fr'),
        language: oneOf('English', 'French'),
      },
      { id: (r) => `c6d58${r}`, prediction: always(1) },
    ),
    {
      columns: { id: 'id', text: ['premise', 'hypothesis'], target: 'label' },
      task: 'multi-class',
      metric: 'accuracy',
      submission: { prediction: 'label' },
    },
  ],
  [
    'parts of essays, some of each, with a sample column a class',
    makeTables(
      {
        discourse_id: (r) => `d${r}`,
        essay_id: (r) => `e${r >> 1}`,
        discourse_text: words(40),
        discourse_type: oneOf('Lead', 'Position', 'Claim'),
        discourse_effectiveness: oneOf('Adequate', 'Effective', 'Ineffective'),
      },
      {
        discourse_id: (r) => `t${r}`,
        essay_id: (r) => `f${r >> 1}`,
        discourse_text: words(40, 1),
        discourse_type: oneOf('Lead', 'Claim'),
      },
      {
        discourse_id: (r) => `t${r}`,
        Ineffective: always(0.2),
        Adequate: always(0.6),
        Effective: always(0.2),
      },
    ),
    {
      columns: {
        id: 'discourse_id',
        text: 'discourse_text',
        target: 'discourse_effectiveness',
        group: 'essay_id',
      },
      task: 'multi-class',
      metric: 'log-loss',
    },
    ['discourse_type'],
  ],
  [
    'essay scores',
    makeTables(
      { essay_id: (r) => `000${r}`, full_text: words(250), score: oneOf(1, 2, 3, 4, 5, 6) },
      { essay_id: (r) => `f00${r}`, full_text: words(250, 1) },
      { essay_id: (r) => `f00${r}`, score: oneOf(1, 2, 3) },
    ),
    { columns: { id: 'essay_id', text: 'full_text', target: 'score' }, task: 'ordinal', metric: 'qwk' },
  ],
  [
    'phrases of reviews',
    makeTables(
      {
        PhraseId: from(1),
        SentenceId: (r) => 1 + (r >> 1),
        Phrase: words(7),
        Sentiment: oneOf(0, 1, 2, 3, 4),
      },
      { PhraseId: from(156061), SentenceId: (r) => 8545 + (r >> 3), Phrase: words(7, 1) },
      { PhraseId: from(156061), Sentiment: always(2) },
    ),
    {
      columns: { id: 'PhraseId', text: 'Phrase', target: 'Sentiment', group: 'SentenceId' },
      task: 'ordinal',
      metric: 'qwk',
    },
  ],
  [
    'relevance by several judges, beside its variance',
    makeTables(
      {
        id: from(1),
        query: words(2),
        product_title: words(9, 1),
        product_description: words(60, 2),
        median_relevance: oneOf(1, 2, 3, 4),
        relevance_variance: oneOf('0.0', '0.471', '0.816'),
      },
      { id: from(3000), query: words(2, 3), product_title: words(9, 4), product_description: words(60, 5) },
      { id: from(3000), prediction: always(1) },
    ),
    {
      columns: { id: 'id', text: ['product_title', 'product_description'], target: 'median_relevance' },
      task: 'ordinal',
      metric: 'qwk',
      submission: { prediction: 'median_relevance' },
    },
    ['relevance_variance'],
  ],
]);
