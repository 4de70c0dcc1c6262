import java.io.FileInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates PDF files with veraPDF: arguments are flavours joined by commas, then files; a line of tabbed text each. */
public final class VerifyPdf {
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        VeraGreenfieldFoundryProvider.initialise();
        boolean compliant = true;
        for (int i = 1; i < args.length; i++) {
            for (String name : args[0].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
                try (FileInputStream file = new FileInputStream(args[i]);
                        PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                    ValidationResult result = validator.validate(parser);
                    compliant &= result.isCompliant();
                    out.println(args[i] + "\t" + name + "\t" + (result.isCompliant() ? "valid" : "invalid"));
                    TreeMap<String, String> failed = new TreeMap<>();
                    for (TestAssertion found : result.getTestAssertions()) {
                        if (found.getStatus() == TestAssertion.Status.FAILED) {
                            failed.putIfAbsent(found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber(),
                                found.getMessage() + " @ " + found.getLocation().getContext());
                        }
                    }
                    failed.forEach((rule, text) -> out.println("\t" + rule + "\t" + text.replace('\n', ' ')));
                }
            }
        }
        System.exit(compliant ? 0 : 1);
    }
}
