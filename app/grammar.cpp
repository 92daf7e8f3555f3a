// SPDX-License-Identifier: GPL-3.0-or-later
//! Fits a command line to the table of verbs and prints the table as usage.
#include "app/grammar.h"

#include <algorithm>
#include <optional>

namespace tallystick {

namespace {

constexpr int usageColumns = 100;
constexpr int helpColumn = 24;

const OptionRule* find(const QList<OptionRule>& rules, const QString& name)
{
    const auto rule =
        std::find_if(rules.begin(), rules.end(),
                     [&name](const OptionRule& candidate) { return candidate.name == name; });
    return rule == rules.end() ? nullptr : &*rule;
}

const VerbRule* findVerb(const QString& words)
{
    for (const VerbRule& rule : verbRules())
        if (rule.words == words)
            return &rule;
    return nullptr;
}

/// The second words of a group such as "lab"; empty when \a word is no group.
QStringList groupOf(const QString& word)
{
    QStringList seconds;
    for (const VerbRule& rule : verbRules())
        if (rule.words.startsWith(word + QLatin1Char(' ')))
            seconds << rule.words.mid(word.size() + 1);
    return seconds;
}

bool isOption(const QString& token)
{
    return token.size() > 1 && token.startsWith(QLatin1Char('-')) && !token.at(1).isDigit();
}

QString optionName(const QString& token)
{
    if (token == QLatin1String("-h"))
        return QStringLiteral("help");
    return token.startsWith(QLatin1String("--")) ? token.mid(2).section(QLatin1Char('='), 0, 0)
                                                 : QString();
}

QString written(const OptionRule& rule)
{
    const QString text = QStringLiteral("--") + rule.name;
    return rule.value.isEmpty() ? text : text + QLatin1Char(' ') + rule.value;
}

/// The place of the verb's first word: the first token that is neither an option nor its value.
qsizetype verbPlace(const QStringList& tokens)
{
    const QList<OptionRule> known = globalOptions() + findVerb(QString())->options;
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        if (tokens[i] == QLatin1String("--"))
            return tokens.size();
        if (!isOption(tokens[i]))
            return i;
        const OptionRule* rule = find(known, optionName(tokens[i]));
        if (rule && !rule->value.isEmpty() && !tokens[i].contains(QLatin1Char('=')))
            ++i;
    }
    return tokens.size();
}

struct Chosen
{
    QString words;
    QStringList rest; ///< the tokens without the verb's words
};

Chosen chooseVerb(const QStringList& tokens)
{
    Chosen chosen{.words = {}, .rest = tokens};
    const qsizetype place = verbPlace(tokens);
    if (place == tokens.size() || tokens[place].startsWith(QLatin1String("tallystick://")))
        return chosen;
    chosen.words = chosen.rest.takeAt(place);
    if (!groupOf(chosen.words).isEmpty() && place < chosen.rest.size() &&
        !isOption(chosen.rest[place]))
        chosen.words += QLatin1Char(' ') + chosen.rest.takeAt(place);
    return chosen;
}

WrongUsage unknownVerb(const QString& words)
{
    const QString first = words.section(QLatin1Char(' '), 0, 0);
    const QStringList seconds = groupOf(first);
    if (seconds.isEmpty())
        return {QStringLiteral("There is no verb \"%1\".").arg(words), hintOf(QString())};
    const QString choice = seconds.join(QStringLiteral(", "));
    if (first == words)
        return {QStringLiteral("\"%1\" needs one of: %2.").arg(first, choice), hintOf(first)};
    return {
        QStringLiteral("There is no \"%1\"; \"%2\" takes one of: %3.").arg(words, first, choice),
        hintOf(first)};
}

/// Reads the option at tokens[i] into \a given and moves \a i to its last token.
std::optional<QString> readOption(const QStringList& tokens, qsizetype& i, Given& given)
{
    const QString token = tokens[i];
    const QString name = optionName(token);
    const OptionRule* rule = find(given.verb.options, name);
    if (!rule)
        rule = find(globalOptions(), name);
    if (!rule)
        return QStringLiteral("There is no option \"%1\" here.")
            .arg(token.section(QLatin1Char('='), 0, 0));
    if (!rule->available)
        return QStringLiteral("The option --%1 is not available in this version.").arg(name);
    if (given.has(name))
        return QStringLiteral("The option --%1 is given twice.").arg(name);
    const qsizetype equals = token.indexOf(QLatin1Char('='));
    if (rule->value.isEmpty()) {
        if (equals >= 0)
            return QStringLiteral("The option --%1 takes no value.").arg(name);
        given.options.insert(name, QString());
        return std::nullopt;
    }
    if (equals >= 0) {
        given.options.insert(name, token.mid(equals + 1));
        return std::nullopt;
    }
    if (i + 1 >= tokens.size() || tokens[i + 1].startsWith(QLatin1String("--")))
        return QStringLiteral("The option --%1 needs a value: %2.").arg(name, written(*rule));
    given.options.insert(name, tokens[++i]);
    return std::nullopt;
}

std::optional<QString> checkCompleteness(const Given& given)
{
    const QStringList& names = given.verb.positionals;
    for (qsizetype i = given.positionals.size(); i < names.size(); ++i)
        if (!names[i].startsWith(QLatin1Char('[')))
            return QStringLiteral("%1 is missing.").arg(names[i]);
    if (given.positionals.size() > names.size())
        return QStringLiteral("\"%1\" is one argument too many.")
            .arg(given.positionals[names.size()]);
    for (const OptionRule& rule : given.verb.options)
        if (rule.required && !given.has(rule.name))
            return QStringLiteral("%1 is missing.").arg(written(rule));
    return std::nullopt;
}

QString optionLines(const QList<OptionRule>& rules)
{
    QString text;
    for (const OptionRule& rule : rules)
        if (rule.available)
            text +=
                QStringLiteral("  %1 %2\n").arg(written(rule).leftJustified(helpColumn), rule.help);
    return text;
}

QString verbLines(const QString& group)
{
    QString text;
    for (const VerbRule& rule : verbRules())
        if (rule.available && (group.isEmpty() || rule.words.startsWith(group + QLatin1Char(' '))))
            text += usageLine(rule) + QStringLiteral("\n        %1\n").arg(rule.summary);
    return text;
}

} // namespace

QString usageLine(const VerbRule& verb)
{
    QStringList parts = verb.positionals;
    for (const OptionRule& rule : verb.options)
        if (rule.available)
            parts << (rule.required ? written(rule) : QStringLiteral("[%1]").arg(written(rule)));
    QString text = QStringLiteral("  tallystick");
    if (!verb.words.isEmpty())
        text += QLatin1Char(' ') + verb.words;
    const QString indent = QStringLiteral("\n     ");
    qsizetype column = text.size();
    for (const QString& part : parts) {
        if (column + 1 + part.size() > usageColumns) {
            text += indent;
            column = indent.size() - 1;
        }
        text += QLatin1Char(' ') + part;
        column += 1 + part.size();
    }
    return text;
}

QString hintOf(const QString& words)
{
    const VerbRule* verb = words.isEmpty() ? nullptr : findVerb(words);
    if (verb)
        return QStringLiteral("Usage:\n%1\n\"tallystick %2 --help\" says more.")
            .arg(usageLine(*verb), words);
    if (!words.isEmpty())
        return QStringLiteral("Usage:\n%1")
            .arg(verbLines(words).trimmed().prepend(QStringLiteral("  ")));
    return QStringLiteral("\"tallystick --help\" lists what there is.");
}

QString usageOf(const QString& words)
{
    const VerbRule* verb = words.isEmpty() ? nullptr : findVerb(words);
    if (verb)
        return QStringLiteral("Usage:\n%1\n        %2\n\nOptions:\n%3")
            .arg(usageLine(*verb), verb->summary, optionLines(verb->options + globalOptions()));
    const QString note =
        QStringLiteral("\nAmounts are whole credits; 1 credit is 1 US cent.\nExit codes: 0 done or "
                       "PASS, 1 refused by a rule, 2 violated, 3 verdict unknown, 4 cannot connect "
                       "or\nthe tool failed, 64 wrong usage.\n");
    return QStringLiteral("Usage:\n%1\nOptions of every verb:\n%2%3")
        .arg(verbLines(words), optionLines(globalOptions()), words.isEmpty() ? note : QString());
}

std::variant<Given, WrongUsage> readArguments(const QStringList& arguments)
{
    const Chosen chosen = chooseVerb(arguments);
    const QStringList options = chosen.rest.mid(0, chosen.rest.indexOf(QStringLiteral("--")));
    for (const QString& token : options) {
        const QString name = isOption(token) ? optionName(token) : QString();
        if (name != QLatin1String("help") && name != QLatin1String("version"))
            continue;
        const QString first = chosen.words.section(QLatin1Char(' '), 0, 0);
        const bool isKnown = findVerb(chosen.words) || !groupOf(chosen.words).isEmpty();
        return Given{.verb = {},
                     .positionals = {},
                     .options = {{name, QString()}},
                     .helpOf = isKnown                    ? chosen.words
                               : groupOf(first).isEmpty() ? QString()
                                                          : first};
    }

    const VerbRule* verb = findVerb(chosen.words);
    if (!verb)
        return unknownVerb(chosen.words);
    if (!verb->available)
        return WrongUsage{
            QStringLiteral("\"%1\" is not available in this version.").arg(chosen.words),
            hintOf(QString())};
    Given given{.verb = *verb, .positionals = {}, .options = {}, .helpOf = {}};
    const auto wrong = [verb](const QString& sentence) {
        return WrongUsage{sentence, hintOf(verb->words)};
    };
    bool isOptionPossible = true;
    for (qsizetype i = 0; i < chosen.rest.size(); ++i) {
        const QString& token = chosen.rest[i];
        if (isOptionPossible && token == QLatin1String("--")) {
            isOptionPossible = false;
        } else if (isOptionPossible && isOption(token)) {
            if (auto sentence = readOption(chosen.rest, i, given))
                return wrong(*sentence);
        } else {
            given.positionals << token;
        }
    }
    if (auto sentence = checkCompleteness(given))
        return wrong(*sentence);
    return given;
}

} // namespace tallystick
