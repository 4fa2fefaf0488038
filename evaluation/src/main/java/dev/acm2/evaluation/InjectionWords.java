package dev.acm2.evaluation;

/// The parts that [InjectionPattern]s are made of.
final class InjectionWords {

  /// An order counts only where a clause begins, or after "you must" and the like: "those who
  /// ignore the rubric" is no order to a judge.
  static final String ORDER =
    "(?:(?<![^\\n.!?:;,\"'(>\\[#|{-])[\\s\"'(>\\[_]{0,5}|(?<=\\A)" +
    "|\\b(?:please|kindly|now|just|simply|instead|then" +
    "|you (?:must|should|shall|will|need to|have to|are to))(?: now)?[,:]?\\s{1,3})";

  static final String OF_INSTRUCTIONS =
    "(?:(?:all|any|every|each|the|your|my|these|those|this|that|such|of|previous|prior|above|earlier" +
    "|preceding|other|given|existing|original|initial|first|current|stated|provided|system|scoring" +
    "|grading|judging|evaluation)\\s{1,3}){0,6}";

  static final String TEXT =
    "(?:document|text|response|essay|report|answer|submission|output|paper|article)";

  static final String THIS =
    "(?:(?:this|my|our|the (?:above|present|following|current))(?: \\w{1,20})? " +
    TEXT +
    "|it|me|us|(?:every|each|all)(?: of)?(?: the)? (?:criterion|criteria|categor(?:y|ies)|dimensions?)" +
    "|everything)";

  /// A bare number counts only where nothing but a score can be meant, unlike in "5 signatures".
  static final String BEST =
    "(?:(?:an? |the )?(?:score|rating|mark|grade) of (?:5|10|100|five|ten)(?! to\\b)" +
    "|(?:an? |the )?(?:5|10|100|five|ten)\\s?(?:/|out of|of)\\s?(?:5|10|100|five|ten)" +
    "|(?:an? |the )?(?:5|10|100|five|ten)(?=\\s{0,3}(?:[;:!?)\"'\\n]|[.,](?!\\d)|\\z|(?:points?|stars?|marks?|on|in" +
    "|across|overall|everywhere|and(?! \\d)|for (?:every|each|all))\\b))" +
    "|(?:an? |the )?(?:full|top|maximum|maximal|highest|best|perfect)(?: possible)? " +
    "(?:scores?|marks?|ratings?|grades?|points?))";

  /// The rules of a rubric name a condition for the best score, an injection does not.
  static final String UNCONDITIONALLY =
    "(?!\\s{1,3}(?:if|when|where|only|unless|per|that|which|who|for (?!every|each|all))\\b)" +
    "(?<!\\b(?:if|when|whenever|where|unless)\\b[^.!?\\n]{0,160})";

  static final String MODEL =
    "(?:ai|llm|(?:large )?language model|chatbot|(?:ai|llm|automated)[ -]" +
    "(?:judge|model|grader|evaluator|assistant|agent|reviewer|system))s?" +
    "(?! (?:provider|developer|operator|vendor|deployer|compan|professor))";

  static final String JUDGE = "(?:judge|evaluator|grader|rater|scorer|" + MODEL + ")s?";

  /// Words that tell a judge of this text from one in a court.
  static final String ABOUT_SCORES =
    "(?=[^\\n]{0,200}\\b(?:scor|rat(?:e|ing)\\b|grad(?:e|ing)\\b|prefer|choose|winner|rubric|criteri|" +
    "ignore|disregard|5\\b|full marks|this " +
    TEXT +
    "))";

  static final String REST = "[^.\\n]{0,60}";

  private InjectionWords() {}
}
