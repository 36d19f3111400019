/** Tables of the shapes of well-known text competitions, as their pages describe them; all texts are invented. */
import { expect, it } from 'vitest';
import { parseManifest } from '../competition/manifest.ts';
import { parsePipeline } from '../pipeline/parse-pipeline.ts';
import { inferCompetition, type Inferred } from './infer-competition.ts';
import { always, from, makeTables, oneOf, share, words, type Columns } from '../testing/make-tables.ts';
import type { Tables } from './tables.ts';

const each = (names: string, cell: Columns[string]): Columns =>
  Object.fromEntries(names.split(' ').map((name) => [name, cell]));

const bit = oneOf(0, 1);
const rareBit = (row: number) => Number(row % 12 === 5);
const toxic = 'toxic severe_toxic obscene threat insult identity_hate';
const qualities = 'cohesion syntax vocabulary phraseology grammar conventions';
const winners = ['winner_model_a', 'winner_model_b', 'winner_tie'];
const winner = (of: number) => (row: number) => Number((row * 7) % 3 === of);
const asked =
  'question_asker_intent_understanding question_body_critical question_conversational answer_helpful answer_plausible answer_well_written';

const shapes: [string, Tables, Partial<Inferred['manifest']>, string[]?][] = [
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
    'unintended bias, with a sample column of another name and a fractional target',
    makeTables(
      {
        id: from(0),
        target: share,
        comment_text: words(30),
        ...each('severe_toxicity obscene identity_attack', share),
        rating: oneOf('approved', 'rejected'),
      },
      { id: from(7000), comment_text: words(30, 1) },
      { id: from(7000), prediction: always(0) },
    ),
    {
      columns: { id: 'id', text: 'comment_text', target: 'target' },
      task: 'regression',
      metric: 'rmse',
      submission: { prediction: 'target' },
    },
    ['severe_toxicity, obscene, identity_attack, rating'],
  ],
  [
    'readability',
    makeTables(
      {
        id: (r) => `c${r}`,
        url_legal: oneOf('', 'https://example.org/a b'),
        license: oneOf('', 'CC BY 4.0'),
        excerpt: words(150),
        target: (r) => (((r * 37) % 101) / 40 - 2.5).toFixed(4),
        standard_error: share,
      },
      { id: (r) => `d${r}`, url_legal: always(''), license: always(''), excerpt: words(150, 1) },
      { id: (r) => `d${r}`, target: always(0) },
    ),
    { columns: { id: 'id', text: 'excerpt', target: 'target' }, task: 'regression', metric: 'rmse' },
    ['url_legal, license, standard_error'],
  ],
  [
    'essays of English learners',
    makeTables(
      {
        text_id: (r) => `0A${r}`,
        full_text: words(300),
        ...each(qualities, oneOf('1.0', '2.5', '3.0', '4.5')),
      },
      { text_id: (r) => `0B${r}`, full_text: words(300, 1) },
      { text_id: (r) => `0B${r}`, ...each(qualities, always('3.0')) },
    ),
    {
      columns: { id: 'text_id', text: 'full_text', target: qualities.split(' ') },
      task: 'regression',
      metric: 'mcrmse',
    },
  ],
  [
    'phrases of patents, where a text is called target',
    makeTables(
      {
        id: (r) => `e${r}`,
        anchor: words(2, 1),
        target: words(2),
        context: oneOf('A47', 'B08', 'H04'),
        score: oneOf('0.0', '0.25', '0.5', '0.75', '1.0'),
      },
      { id: (r) => `f${r}`, anchor: words(2, 2), target: words(2, 3), context: oneOf('A47', 'H04') },
      { id: (r) => `f${r}`, score: always(0) },
    ),
    {
      columns: { id: 'id', text: ['anchor', 'target'], target: 'score' },
      task: 'regression',
      metric: 'pearson',
    },
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
    'authors, with a sample column a class',
    makeTables(
      { id: (r) => `id${r}`, text: words(26), author: oneOf('EAP', 'HPL', 'MWS') },
      { id: (r) => `idt${r}`, text: words(26, 1) },
      { id: (r) => `idt${r}`, EAP: always(0.4), HPL: always(0.3), MWS: always(0.3) },
    ),
    { columns: { id: 'id', text: 'text', target: 'author' }, task: 'multi-class', metric: 'log-loss' },
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
    'essay scores',
    makeTables(
      { essay_id: (r) => `000${r}`, full_text: words(250), score: oneOf(1, 2, 3, 4, 5, 6) },
      { essay_id: (r) => `f00${r}`, full_text: words(250, 1) },
      { essay_id: (r) => `f00${r}`, score: oneOf(1, 2, 3) },
    ),
    { columns: { id: 'essay_id', text: 'full_text', target: 'score' }, task: 'ordinal', metric: 'qwk' },
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
    'questions and answers with many ratings',
    makeTables(
      {
        qa_id: from(0),
        question_title: words(9),
        question_body: words(120),
        question_user_name: oneOf('ysap', 'Gavin'),
        question_user_page: (r) => `https://example.org/users/${r}`,
        answer: words(130, 1),
        url: (r) => `http://example.org/q/${r}`,
        category: oneOf('LIFE_ARTS', 'CULTURE'),
        host: oneOf('photo.example.org', 'rpg.example.org'),
        ...each(asked, oneOf('0.0', '0.333333', '0.5', '0.666667', '1.0')),
      },
      {
        qa_id: from(900),
        question_title: words(9, 2),
        question_body: words(120, 3),
        question_user_name: oneOf('ysap', 'Gavin'),
        question_user_page: (r) => `https://example.org/users/${r}`,
        answer: words(130, 4),
        url: (r) => `http://example.org/q/${r}`,
        category: oneOf('LIFE_ARTS', 'CULTURE'),
        host: oneOf('photo.example.org', 'rpg.example.org'),
      },
      { qa_id: from(900), ...each(asked, always('0.00308')) },
    ),
    {
      columns: { id: 'qa_id', text: ['question_title', 'question_body', 'answer'], target: asked.split(' ') },
      task: 'regression',
      metric: 'mcspearman',
    },
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
    'prices, with ids of train and test that begin at 0',
    makeTables(
      {
        train_id: from(0),
        name: words(5),
        item_condition_id: oneOf(1, 2, 3),
        category_name: oneOf('Men/Tops/T-shirts', 'Women/Jewelry'),
        brand_name: oneOf('', 'Razer'),
        price: (r) => (r === 9 ? 2000 : ((r * 13) % 57) + 3.5),
        shipping: bit,
        item_description: words(25, 1),
      },
      {
        test_id: from(0),
        name: words(5, 2),
        item_condition_id: oneOf(1, 2, 3),
        category_name: oneOf('Men/Tops/T-shirts'),
        brand_name: oneOf('', 'Razer'),
        shipping: bit,
        item_description: words(25, 3),
      },
      { test_id: from(0), price: always('26.738') },
    ),
    {
      columns: {
        id: { train: 'train_id', test: 'test_id', sample: 'test_id' },
        text: ['name', 'item_description'],
        target: 'price',
      },
      task: 'regression',
      metric: 'rmsle',
    },
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
  [
    'relevance of products to searches, as means',
    makeTables(
      {
        id: (r) => r * 2,
        product_uid: from(100001),
        product_title: words(11),
        search_term: words(4, 1),
        relevance: oneOf('3', '2.5', '2.33', '1.67', '1'),
      },
      {
        id: (r) => r * 2 + 1,
        product_uid: from(900001),
        product_title: words(11, 2),
        search_term: words(4, 3),
      },
      { id: (r) => r * 2 + 1, relevance: always(1) },
    ),
    {
      columns: { id: 'id', text: ['product_title', 'search_term'], target: 'relevance' },
      task: 'regression',
      metric: 'rmse',
    },
    ['product_uid'],
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
  [
    'summaries of four prompts, while test has others',
    makeTables(
      {
        student_id: (r) => `000e${r}`,
        prompt_id: oneOf('814d6b', 'ebad26', '3b9047', '39c16e'),
        text: words(70),
        content: (r) => (((r * 37) % 101) / 40 - 1).toFixed(4),
        wording: (r) => (((r * 31) % 101) / 40 - 1).toFixed(4),
      },
      { student_id: (r) => `1111${r}`, prompt_id: oneOf('abc123', 'def789'), text: words(70, 1) },
      { student_id: (r) => `1111${r}`, content: always('0.0'), wording: always('0.0') },
    ),
    {
      columns: { id: 'student_id', text: 'text', target: ['content', 'wording'] },
      task: 'regression',
      metric: 'mcrmse',
    },
    ['prompt_id'],
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
];

it.each(shapes)('works out %s', (_, tables, expected, ignored = []) => {
  const { manifest, settings, findings } = inferCompetition(tables);
  expect(manifest).toMatchObject(expected);
  expect(Object.keys(manifest).sort()).toEqual(expect.arrayContaining(Object.keys(expected)));
  for (const names of ignored)
    expect(findings.find(({ what }) => what === 'not used')?.value).toContain(names);
  // What was worked out is a manifest.
  const files = { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' };
  expect(() => parsePipeline({ name: 'x', ...settings }, 'p.ts')).not.toThrow();
  expect(() => parseManifest({ name: 'x', title: 'X', files, ...manifest }, 'c.json')).not.toThrow();
});
