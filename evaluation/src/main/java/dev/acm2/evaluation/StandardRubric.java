package dev.acm2.evaluation;

import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import java.math.BigDecimal;
import java.util.List;

/// The rubric that is taken when a run names none: fifteen criteria, whose weights add up to 100,
/// on a scale of 1 to 5. Another text or weight is another version.
public final class StandardRubric {

  private static final int MIN = 1;
  private static final int MAX = 5;

  public static final Rubric RUBRIC = new Rubric(
    "Standard",
    1,
    List.of(
      criterion(
        "Factual accuracy",
        15,
        "Statements of fact agree with the source and with what is generally known; names, numbers, " +
          "dates and quotations are right."
      ),
      criterion(
        "Source verification",
        10,
        "What is claimed can be traced to the source or to a named, credible one, and that source " +
          "does say so."
      ),
      criterion(
        "Hallucination detection",
        15,
        "Nothing is made up: no invented event, person, number, quotation or reference. The highest " +
          "score means that none was found."
      ),
      criterion(
        "Completeness",
        10,
        "Everything that the task asks for is there, and no important point of the source is missing."
      ),
      criterion(
        "Coherence",
        8,
        "The parts form one whole: each follows from the one before, and none contradicts another."
      ),
      criterion(
        "Clarity",
        7,
        "A reader understands each sentence at the first reading; terms are explained where needed."
      ),
      criterion(
        "Relevance",
        5,
        "All of the text serves the task; there is no digression and no filler."
      ),
      criterion(
        "Objectivity",
        5,
        "Judgements are told apart from facts, opposing views are treated fairly, and the tone is as " +
          "neutral as the task allows."
      ),
      criterion(
        "Conciseness",
        5,
        "As long as the matter needs and no longer; nothing is said twice without reason."
      ),
      criterion(
        "Technical accuracy",
        5,
        "Terms, figures, methods and procedures of the field are used correctly."
      ),
      criterion(
        "Structure",
        4,
        "Headings, paragraphs, lists and order help a reader to find things, in the form that the " +
          "task asks for."
      ),
      criterion(
        "Grammar and style",
        3,
        "Spelling, grammar and punctuation are right, and the style is even."
      ),
      criterion(
        "Citation quality",
        3,
        "Citations stand where they are needed, point to the exact place, and have one form."
      ),
      criterion(
        "Originality",
        3,
        "The text adds insight of its own, a connection or a conclusion, instead of only rewording."
      ),
      criterion(
        "Audience appropriateness",
        2,
        "Depth, tone and vocabulary suit the readers that the task is about."
      )
    )
  );

  private StandardRubric() {}

  private static Criterion criterion(String name, int weight, String description) {
    return new Criterion(name, description, BigDecimal.valueOf(weight), MIN, MAX);
  }
}
