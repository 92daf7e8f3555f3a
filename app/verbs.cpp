// SPDX-License-Identifier: GPL-3.0-or-later
//! The table of verbs.
#include "app/grammar.h"

namespace tallystick {

namespace {

OptionRule flag(const QString& name, const QString& help)
{
    return {.name = name, .help = help};
}

OptionRule valued(const QString& name, const QString& value, const QString& help)
{
    return {.name = name, .value = value, .help = help};
}

OptionRule required(const QString& name, const QString& value, const QString& help)
{
    return {.name = name, .value = value, .help = help, .required = true};
}

OptionRule later(const QString& name, const QString& value)
{
    return {.name = name, .value = value, .available = false};
}

OptionRule json()
{
    return flag(QStringLiteral("json"), QStringLiteral("print one JSON document"));
}

OptionRule key()
{
    return valued(QStringLiteral("key"), QStringLiteral("K"),
                  QStringLiteral("idempotency key: the same key again answers the same receipt"));
}

/// Of postings that have their key from what they are about.
OptionRule ownKey(const char* form)
{
    return valued(
        QStringLiteral("key"), QStringLiteral("K"),
        QStringLiteral("always %1; another one is refused").arg(QString::fromLatin1(form)));
}

OptionRule reason(bool isRequired)
{
    OptionRule rule = valued(QStringLiteral("reason"), QStringLiteral("TEXT"),
                             QStringLiteral("why; kept with the transaction"));
    rule.required = isRequired;
    return rule;
}

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

VerbRule verb(const char* name, const char* summary, const char* positionals = "",
              QList<OptionRule> options = {})
{
    return {.words = QString::fromLatin1(name),
            .summary = QString::fromLatin1(summary),
            .positionals = words(positionals),
            .options = std::move(options)};
}

VerbRule laterVerb(const char* name)
{
    VerbRule rule = verb(name, "not available in this version");
    rule.available = false;
    return rule;
}

QList<VerbRule> labVerbs()
{
    const OptionRule inUse =
        flag(QStringLiteral("yes"), QStringLiteral("also while another program uses the lab"));
    return {
        verb("lab start", "start the lab's private server, keep it running, print its URI", "",
             {json()}),
        verb("lab stop", "stop the lab's server", "", {inUse, json()}),
        verb("lab status", "say whether the lab runs; exit code 0 when it does", "", {json()}),
        verb("lab reset", "set the lab's directory aside and begin anew; nothing is deleted", "",
             {inUse, json()}),
        verb("lab uri", "print how to connect to the running lab", "", {json()}),
        verb("lab path", "print where the lab lives", "", {json()}),
        verb("lab seed", "replace what the lab holds by demo data", "",
             {required(QStringLiteral("users"), QStringLiteral("N"),
                       QStringLiteral("how many customers")),
              required(QStringLiteral("transactions"), QStringLiteral("M"),
                       QStringLiteral("about how many transactions")),
              valued(QStringLiteral("seed"), QStringLiteral("S"),
                     QStringLiteral("the same seed gives the same data; default 1")),
              flag(QStringLiteral("crimes"),
                   QStringLiteral("ten more customers, each with one planted fault")),
              json()}),
        verb("lab mark", "put the lab marker and schema into the --connection database", "",
             {flag(QStringLiteral("yes"), QStringLiteral("do not ask")), json()}),
    };
}

QList<VerbRule> readingVerbs()
{
    const OptionRule limit = valued(QStringLiteral("limit"), QStringLiteral("N"),
                                    QStringLiteral("at most so many rows, 1 to 10000"));
    return {
        verb("users", "list or search customers", "",
             {valued(QStringLiteral("search"), QStringLiteral("TEXT"),
                     QStringLiteral("part of an e-mail or name, or an exact id or key")),
              limit,
              valued(QStringLiteral("after"), QStringLiteral("CURSOR"),
                     QStringLiteral("go on after a page's last row")),
              json()}),
        verb("user create", "create a customer", "ID",
             {valued(QStringLiteral("email"), QStringLiteral("E"),
                     QStringLiteral("default: ID@lab.invalid")),
              valued(QStringLiteral("name"), QStringLiteral("N"), QStringLiteral("a name")),
              flag(QStringLiteral("no-balance-row"),
                   QStringLiteral("as live databases have them, without a balance row")),
              json()}),
        verb("user show", "show a customer", "ID", {json()}),
        verb("history", "show a customer's transactions, newest first", "ID",
             {limit,
              valued(QStringLiteral("before"), QStringLiteral("CURSOR"),
                     QStringLiteral("go on after a page's last row")),
              valued(QStringLiteral("type"), QStringLiteral("T"),
                     QStringLiteral("only TOP_UP, USAGE, GRANT, REFUND, CARD_CHECK or "
                                    "SUBSCRIPTION")),
              json(), flag(QStringLiteral("csv"), QStringLiteral("print CSV"))}),
        verb("balance", "print a customer's balance", "ID",
             {valued(QStringLiteral("at"), QStringLiteral("TIME"),
                     QStringLiteral("as it was then: 2026-05-01T14:02:11Z; UTC without a zone")),
              json()}),
        verb("verify",
             "prove balances from their rows; exit code 2: one does not hold, 3: not provable",
             "[ID]",
             {flag(QStringLiteral("all"), QStringLiteral("every customer, in place of one ID")),
              json()}),
    };
}

QList<VerbRule> postingVerbs()
{
    return {
        verb("top-up", "add credits, up to a ceiling", "ID AMOUNT",
             {reason(true),
              valued(QStringLiteral("ceiling"), QStringLiteral("C"),
                     QStringLiteral("the balance is not lifted above it")),
              key(), json()}),
        verb("spend", "remove credits, never below zero", "ID AMOUNT",
             {reason(false), key(), json()}),
        verb("reward", "grant credits for a step, once per customer and step", "ID STEP AMOUNT",
             {ownKey("REWARD-ID-STEP"), json()}),
        verb("refund", "take back credits of a payment, never more than it",
             "ID PAYMENT-KEY AMOUNT", {reason(true), key(), json()}),
        verb("reverse", "post the opposite of a transaction, once", "ID KEY",
             {reason(true), ownKey("REVERSAL-KEY"), json()}),
        verb("activate", "make a pending transaction count, once", "ID KEY",
             {valued(QStringLiteral("new-key"), QStringLiteral("K"),
                     QStringLiteral("the transaction is known by this key afterwards")),
              valued(QStringLiteral("key"), QStringLiteral("K"),
                     QStringLiteral("another word for --new-key")),
              json()}),
    };
}

QList<OptionRule> reportFiles()
{
    return {valued(QStringLiteral("json"), QStringLiteral("FILE"),
                   QStringLiteral("write the report as JSON")),
            valued(QStringLiteral("html"), QStringLiteral("FILE"),
                   QStringLiteral("write the report as one HTML page")),
            valued(QStringLiteral("junit"), QStringLiteral("FILE"),
                   QStringLiteral("write the report as JUnit XML"))};
}

QList<VerbRule> stressVerbs()
{
    const OptionRule way = valued(QStringLiteral("way"), QStringLiteral("WAY"),
                                  QStringLiteral("row-lock or function"));
    const OptionRule quiet =
        flag(QStringLiteral("quiet"), QStringLiteral("print a line a run, no progress"));
    const auto count = [](const char* name, const char* value, const char* help) {
        return valued(QString::fromLatin1(name), QString::fromLatin1(value),
                      QString::fromLatin1(help));
    };
    return {
        verb("stress list", "list the built-in scenarios", "", {json()}),
        verb("stress schema", "print the JSON Schema of scenario files", "", {}),
        verb("stress run", "run a scenario and judge the ledger", "NAME|FILE.json",
             QList<OptionRule>{way, count("clients", "N", "sessions at once, 1 to 1000"),
                               count("seconds", "S", "run so long"),
                               count("operations", "N", "run so many"),
                               count("rate", "R", "open load: so many operations a second"),
                               count("users", "N", "customers made for the run"),
                               count("seed", "N", "the same seed gives the same operations"),
                               flag(QStringLiteral("keep-users"),
                                    QStringLiteral("leave the run's customers in the database"))} +
                 reportFiles() +
                 QList<OptionRule>{
                     valued(QStringLiteral("hlog"), QStringLiteral("FILE"),
                            QStringLiteral("write all response times as a histogram log")),
                     valued(QStringLiteral("csv"), QStringLiteral("FILE"),
                            QStringLiteral("write the course over time as a table")),
                     quiet}),
        verb("stress suite", "run every built-in scenario that must pass, in every way", "",
             QList<OptionRule>{way} + reportFiles() + QList<OptionRule>{quiet}),
        verb("stress controls", "run every broken posting; each must fail as it should", "",
             QList<OptionRule>{reportFiles().first(), quiet}),
        verb("stress compare", "lay two runs over each other, from their JSON reports",
             "A.json B.json",
             {valued(QStringLiteral("json"), QStringLiteral("FILE"),
                     QStringLiteral("write the comparison as JSON")),
              valued(QStringLiteral("html"), QStringLiteral("FILE"),
                     QStringLiteral("write the comparison as one HTML page"))}),
    };
}

QList<VerbRule> otherVerbs()
{
    return {
        verb("", "open the window", "[LINK]",
             {valued(QStringLiteral("user"), QStringLiteral("ID"),
                     QStringLiteral("open this customer's page")),
              valued(QStringLiteral("page"), QStringLiteral("PAGE"),
                     QStringLiteral("customers or stress"))}),
        verb("pictures", "render every view to PNG files", "",
             {required(QStringLiteral("output"), QStringLiteral("DIR"),
                       QStringLiteral("where the files go; made when missing")),
              valued(QStringLiteral("theme"), QStringLiteral("light|dark"),
                     QStringLiteral("default light")),
              valued(QStringLiteral("size"), QStringLiteral("WxH"),
                     QStringLiteral("default 1600x1000")),
              valued(QStringLiteral("scale"), QStringLiteral("1|2"), QStringLiteral("default 1")),
              later(QStringLiteral("language"), QStringLiteral("L"))}),
        laterVerb("doctor"),
        laterVerb("export"),
        laterVerb("verify-file"),
        laterVerb("faults"),
        laterVerb("bulk"),
        laterVerb("approvals"),
        laterVerb("audit-log"),
    };
}

} // namespace

const QList<VerbRule>& verbRules()
{
    static const QList<VerbRule> rules =
        labVerbs() + readingVerbs() + postingVerbs() + stressVerbs() + otherVerbs();
    return rules;
}

const QList<OptionRule>& globalOptions()
{
    static const QList<OptionRule> rules{
        valued(QStringLiteral("connection"), QStringLiteral("URI"),
               QStringLiteral("a database, postgresql://…; default: TALLYSTICK_CONNECTION, else "
                              "the lab")),
        valued(QStringLiteral("data"), QStringLiteral("DIR"),
               QStringLiteral("where the lab lives")),
        flag(QStringLiteral("help"), QStringLiteral("print this")),
        flag(QStringLiteral("version"), QStringLiteral("print the version")),
    };
    return rules;
}

} // namespace tallystick
