// SPDX-License-Identifier: GPL-3.0-or-later
//! Builds the typed options of each verb.
#include "app/options.h"

#include "app/argumentvalues.h"
#include "ledger/core/posting.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>

#include <limits>

namespace tallystick {

namespace {

constexpr ArgumentValues::Range rowsRange{.least = 1, .most = 10'000};
constexpr ArgumentValues::Range seedRange{.least = 0, .most = std::numeric_limits<qint64>::max()};

WindowOptions windowOptions(ArgumentValues& values)
{
    WindowOptions options{.user = values.text("user"), .page = {}};
    if (values.has("page"))
        options.page = QStringList{QStringLiteral("customers"), QStringLiteral("stress")}.value(
            values.choice("page", {QStringLiteral("customers"), QStringLiteral("stress")}));
    const QString link = values.positional(0);
    if (link.isEmpty())
        return options;
    const QUrl url(link, QUrl::StrictMode);
    const QString id = url.path(QUrl::FullyDecoded).mid(1);
    if (!url.isValid() || url.host() != QLatin1String("user") || id.isEmpty())
        values.complain(
            QStringLiteral("\"%1\" is not a link such as tallystick://user/ID.").arg(link));
    options.user = id;
    return options;
}

LabOptions labOptions(const QString& words, ArgumentValues& values)
{
    const QStringList actions{QStringLiteral("start"),  QStringLiteral("stop"),
                              QStringLiteral("status"), QStringLiteral("reset"),
                              QStringLiteral("uri"),    QStringLiteral("path")};
    const qsizetype place = actions.indexOf(words.section(QLatin1Char(' '), 1));
    Q_ASSERT(place >= 0);
    if (values.has("connection") && values.text("connection") != QLatin1String("lab"))
        values.complain(QStringLiteral("\"%1\" is about the lab's own server; --connection names "
                                       "another database. --data says which lab is meant.")
                            .arg(words));
    return {
        .action = LabAction(place), .isConfirmed = values.has("yes"), .json = values.has("json")};
}

SeedOptions seedOptions(ArgumentValues& values)
{
    SeedOptions options{.plan = {}, .json = values.has("json")};
    options.plan.users =
        values.whole("users", {.least = 1, .most = 10'000'000}).value_or(options.plan.users);
    options.plan.transactions = values.whole("transactions", {.least = 0, .most = 1'000'000'000})
                                    .value_or(options.plan.transactions);
    options.plan.seed = quint64(values.whole("seed", seedRange).value_or(1));
    options.plan.crimes = values.has("crimes");
    return options;
}

UsersOptions usersOptions(ArgumentValues& values)
{
    UsersOptions options{.query = {.search = values.text("search")}, .json = values.has("json")};
    options.query.limit = int(values.whole("limit", rowsRange).value_or(100));
    if (values.has("after")) {
        options.query.after = UserCursor::from(values.text("after"));
        if (!options.query.after)
            values.complain(QStringLiteral("--after: \"%1\" is not a cursor of an earlier page.")
                                .arg(values.text("after")));
    }
    return options;
}

/// Looser than the standard: what could never be an address, or never be found again.
UserCreateOptions userCreateOptions(ArgumentValues& values)
{
    UserCreateOptions options{.id = values.positional(0),
                              .email = values.text("email"),
                              .name = values.text("name"),
                              .withBalanceRow = !values.has("no-balance-row"),
                              .json = values.has("json")};
    if (!options.id.isEmpty() && options.id.trimmed().isEmpty())
        values.complain(QStringLiteral("An id of spaces only could not be told from none."));
    static const QRegularExpression address(QStringLiteral("^[^@\\s]+@[^@\\s]+$"));
    if (values.has("email") && !address.match(options.email).hasMatch())
        values.complain(QStringLiteral("--email: \"%1\" is not an e-mail address such as "
                                       "ann@example.com.")
                            .arg(options.email));
    return options;
}

HistoryOptions historyOptions(ArgumentValues& values)
{
    HistoryOptions options{.id = values.positional(0)};
    options.limit = int(values.whole("limit", rowsRange).value_or(100));
    if (values.has("before")) {
        options.before = HistoryCursor::from(values.text("before"));
        if (!options.before)
            values.complain(QStringLiteral("--before: \"%1\" is not a cursor of an earlier page.")
                                .arg(values.text("before")));
    }
    if (values.has("type")) {
        const TransactionType type = typeWithLabel(values.text("type"));
        if (type == TransactionType::Other)
            values.complain(QStringLiteral("--type must be TOP_UP, USAGE, GRANT, REFUND, "
                                           "CARD_CHECK or SUBSCRIPTION, not \"%1\".")
                                .arg(values.text("type")));
        options.types = {type};
    }
    if (values.has("json") && values.has("csv"))
        values.complain(QStringLiteral("--json and --csv exclude each other."));
    options.format = values.has("json")  ? Format::Json
                     : values.has("csv") ? Format::Csv
                                         : Format::Text;
    return options;
}

VerifyOptions verifyOptions(const Given& given, ArgumentValues& values)
{
    VerifyOptions options{.id = {}, .json = values.has("json")};
    if (!given.positionals.isEmpty())
        options.id = given.positionals.first();
    if (options.id.has_value() == values.has("all"))
        values.complain(QStringLiteral("verify needs either an ID or --all."));
    return options;
}

/// Rewards and reversals have their key from what they are about, so that each happens once.
std::optional<TransactionKey> ownKey(const PostingOptions& options)
{
    const auto user = UserId::from(options.id);
    const auto subject = TransactionKey::from(options.subject);
    if (options.operation == Operation::Reward && user)
        return rewardKey(*user, options.step);
    if (options.operation == Operation::Reverse && subject)
        return reversalKey(*subject);
    return std::nullopt;
}

/// Looks at --key once everything else is read.
void settleKey(PostingOptions& options, ArgumentValues& values)
{
    if (!options.key)
        return;
    const auto own = ownKey(options);
    if (own && !own->isEmpty() && own->text() != *options.key)
        values.complain(QStringLiteral("The key of this posting is %1, so that it happens once; "
                                       "--key cannot name another.")
                            .arg(own->text()));
    if (options.operation != Operation::Activate)
        return;
    if (options.newKey && *options.newKey != *options.key)
        values.complain(QStringLiteral("--key and --new-key both name the key the transaction is "
                                       "known by afterwards; here they differ."));
    if (*options.key != options.subject)
        options.newKey = options.key;
    options.key.reset();
}

PostingOptions postingOptions(Operation operation, ArgumentValues& values)
{
    PostingOptions options{.operation = operation,
                           .id = values.positional(0),
                           .ceiling = values.credits("ceiling"),
                           .reason = values.text("reason"),
                           .json = values.has("json")};
    switch (operation) {
    case Operation::TopUp:
    case Operation::Spend:
        options.amount = values.creditsAt(1);
        break;
    case Operation::Reward:
        options.step = values.positional(1);
        options.amount = values.creditsAt(2);
        break;
    case Operation::Refund:
        options.subject = values.positional(1);
        options.amount = values.creditsAt(2);
        break;
    case Operation::Reverse:
    case Operation::Activate:
        options.subject = values.positional(1);
        break;
    }
    if (values.has("key"))
        options.key = values.text("key");
    if (values.has("new-key"))
        options.newKey = values.text("new-key");
    settleKey(options, values);
    if (values.has("reason") && options.reason.trimmed().isEmpty())
        values.complain(QStringLiteral("--reason is empty: say why."));
    return options;
}

std::optional<Way> wayOption(ArgumentValues& values)
{
    if (!values.has("way"))
        return std::nullopt;
    if (values.text("way") == QLatin1String("combined")) {
        values.complain(QStringLiteral("The way \"combined\" is not available in this version."));
        return std::nullopt;
    }
    QStringList names;
    for (const Way way : ruleWays)
        names << nameOf(way);
    return wayNamed(names.value(values.choice("way", names)));
}

ReportFiles reportFiles(ArgumentValues& values)
{
    const ReportFiles files{.json = values.text("json"),
                            .html = values.text("html"),
                            .junit = values.text("junit"),
                            .hlog = values.text("hlog"),
                            .csv = values.text("csv")};
    QStringList given;
    for (const char* option : {"json", "html", "junit", "hlog", "csv"}) {
        const QString name = values.text(option);
        if (values.has(option) && name.isEmpty())
            values.complain(QStringLiteral("--%1 names no file.").arg(QString::fromLatin1(option)));
        if (!name.isEmpty() && given.contains(name))
            values.complain(QStringLiteral("\"%1\" is named for two reports.").arg(name));
        given << name;
    }
    return files;
}

StressRunOptions stressRunOptions(ArgumentValues& values)
{
    const auto narrowed = [](std::optional<qint64> number) {
        return number ? std::optional<int>(int(*number)) : std::nullopt;
    };
    StressRunOptions options{.scenario = values.positional(0), .way = wayOption(values)};
    options.clients = narrowed(values.whole("clients", {.least = 1, .most = 1000}));
    options.rate = values.decimal("rate", {.least = 0, .most = 1'000'000});
    options.seconds = values.decimal("seconds", {.least = 0, .most = 86'400});
    options.operations = values.whole("operations", {.least = 1, .most = 100'000'000});
    options.users = narrowed(values.whole("users", {.least = 1, .most = 1'000'000}));
    options.seed = values.whole("seed", seedRange);
    options.keepUsers = values.has("keep-users");
    options.files = reportFiles(values);
    options.isQuiet = values.has("quiet");
    if (options.scenario.isEmpty())
        values.complain(QStringLiteral("The scenario's name is empty."));
    if (options.seconds && options.operations)
        values.complain(QStringLiteral("--seconds and --operations exclude each other."));
    return options;
}

PicturesOptions picturesOptions(ArgumentValues& values)
{
    PicturesOptions options{.output = values.text("output")};
    if (options.output.isEmpty())
        values.complain(QStringLiteral("--output names no directory."));
    options.isDark = values.choice("theme", {QStringLiteral("light"), QStringLiteral("dark")}) == 1;
    options.scale = int(values.choice("scale", {QStringLiteral("1"), QStringLiteral("2")})) + 1;
    if (values.has("size")) {
        static const QRegularExpression form(QStringLiteral("^([0-9]{3,4})x([0-9]{3,4})$"));
        const QRegularExpressionMatch match = form.match(values.text("size"));
        options.width = match.captured(1).toInt();
        options.height = match.captured(2).toInt();
        if (options.width < 640 || options.height < 480)
            values.complain(QStringLiteral("--size must be such as 1600x1000 and at least "
                                           "640x480, not \"%1\".")
                                .arg(values.text("size")));
    }
    return options;
}

std::optional<Operation> operationOf(const QString& words)
{
    static const QStringList names{QStringLiteral("top-up"),  QStringLiteral("spend"),
                                   QStringLiteral("reward"),  QStringLiteral("refund"),
                                   QStringLiteral("reverse"), QStringLiteral("activate")};
    const qsizetype place = names.indexOf(words);
    return place < 0 ? std::nullopt : std::optional(Operation(place));
}

Verb stressVerb(const QString& words, ArgumentValues& values)
{
    if (words == QLatin1String("stress list"))
        return StressListOptions{.json = values.has("json")};
    if (words == QLatin1String("stress schema"))
        return StressSchemaOptions{};
    if (words == QLatin1String("stress run"))
        return stressRunOptions(values);
    if (words == QLatin1String("stress suite"))
        return StressSuiteOptions{
            .way = wayOption(values), .files = reportFiles(values), .isQuiet = values.has("quiet")};
    if (words == QLatin1String("stress compare"))
        return StressCompareOptions{
            .a = values.positional(0), .b = values.positional(1), .files = reportFiles(values)};
    Q_ASSERT(words == QLatin1String("stress controls"));
    return StressControlsOptions{.files = reportFiles(values), .isQuiet = values.has("quiet")};
}

Verb verbOptions(const Given& given, ArgumentValues& values)
{
    const QString& words = given.verb.words;
    if (words.isEmpty())
        return windowOptions(values);
    if (words == QLatin1String("lab seed"))
        return seedOptions(values);
    if (words == QLatin1String("lab mark"))
        return MarkOptions{.isConfirmed = values.has("yes"), .json = values.has("json")};
    if (words.startsWith(QLatin1String("lab ")))
        return labOptions(words, values);
    if (words.startsWith(QLatin1String("stress ")))
        return stressVerb(words, values);
    if (const auto operation = operationOf(words))
        return postingOptions(*operation, values);
    if (words == QLatin1String("users"))
        return usersOptions(values);
    if (words == QLatin1String("user create"))
        return userCreateOptions(values);
    if (words == QLatin1String("user show"))
        return UserShowOptions{.id = values.positional(0), .json = values.has("json")};
    if (words == QLatin1String("history"))
        return historyOptions(values);
    if (words == QLatin1String("balance"))
        return BalanceOptions{
            .id = values.positional(0), .at = values.time("at"), .json = values.has("json")};
    if (words == QLatin1String("verify"))
        return verifyOptions(given, values);
    Q_ASSERT(words == QLatin1String("pictures"));
    return picturesOptions(values);
}

} // namespace

std::variant<Options, WrongUsage> parseOptions(const QStringList& arguments)
{
    const auto read = readArguments(arguments);
    if (const auto* wrong = std::get_if<WrongUsage>(&read))
        return *wrong;
    const Given& given = std::get<Given>(read);
    if (given.has(QStringLiteral("help")))
        return Options{.connection = {}, .data = {}, .verb = HelpOptions{given.helpOf}};
    if (given.has(QStringLiteral("version")))
        return Options{.connection = {}, .data = {}, .verb = VersionOptions{}};

    ArgumentValues values(given);
    Options options{
        .connection = {}, .data = values.text("data"), .verb = verbOptions(given, values)};
    if (values.has("connection"))
        options.connection = values.text("connection");
    if (values.has("data") && options.data.isEmpty())
        values.complain(QStringLiteral("--data names no directory."));
    const bool isNamed = options.connection && *options.connection != QLatin1String("lab");
    if (isNamed && !options.connection->contains(QLatin1Char(':')) &&
        !options.connection->contains(QLatin1Char('=')))
        values.complain(QStringLiteral("There is no connection named \"%1\"; give a URI such as "
                                       "postgresql://host/database, or lab.")
                            .arg(*options.connection));
    if (values.wrong())
        return WrongUsage{*values.wrong(), hintOf(given.verb.words)};
    return options;
}

} // namespace tallystick
