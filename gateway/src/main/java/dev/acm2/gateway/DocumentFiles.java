package dev.acm2.gateway;

import dev.acm2.contract.Phase;
import dev.acm2.projection.CallView;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of a run's documents in an archive: a folder for each source, then kind, model and iteration.
/// Names that people gave lead nowhere else and are allowed wherever files are kept; no two are alike,
/// also where upper and lower case are the same.
final class DocumentFiles {

  private static final int LONGEST = 80;
  private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{N}._-]+");
  private static final Pattern DOTS_AT_ENDS = Pattern.compile("^\\.+|\\.+$");
  /// Devices that cannot be the name of a file on Windows, whatever follows a dot.
  private static final Pattern RESERVED = Pattern.compile(
    "(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?",
    Pattern.CASE_INSENSITIVE
  );

  private final Map<String, String> folders = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /// For example `eo-14265.md/winner-combined-openai-gpt-5.1-1.md`.
  String next(CallView call, boolean winner) {
    String folder = folders.computeIfAbsent(String.valueOf(call.document()), source ->
      unused("", safe(source), "")
    );
    String kind = call.phase() == Phase.COMBINE ? "combined" : "generated";
    String model = String.valueOf(call.model()).replace(':', '-');
    String name = (winner ? "winner-" : "") + kind + "-" + safe(model) + "-" + call.iteration();
    return unused(folder + "/", name, ".md");
  }

  private String unused(String before, String name, String after) {
    String path = before + name + after;
    for (int other = 2; !taken.add(path.toLowerCase(Locale.ROOT)); other++) {
      path = before + name + "~" + other + after;
    }
    return path;
  }

  static String safe(String name) {
    String plain = UNSAFE.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)).replaceAll("_");
    String bare = DOTS_AT_ENDS.matcher(shortened(plain)).replaceAll("");
    return bare.isEmpty() || RESERVED.matcher(bare).matches() ? "_" + bare : bare;
  }

  /// Never half of a character that takes two places.
  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end);
  }
}
