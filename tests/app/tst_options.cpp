// SPDX-License-Identifier: GPL-3.0-or-later
//! Every verb of the command line is understood.
#include "tests/app/commandline.h"

#include <QtTest/QtTest>

using namespace tallystick;

class tst_Options final : public QObject
{
    Q_OBJECT

private slots:
    void understandsEveryVerbOfTheContract_data();
    void understandsEveryVerbOfTheContract();
    void opensTheWindowWithoutAVerb();
    void opensACustomerFromALink();
    void takesGlobalOptionsBeforeAndAfterTheVerb();
    void readsAmountsExactly_data();
    void readsAmountsExactly();
    void takesANegativeNumberForAnAmountNotAnOption();
    void takesEverythingAfterTwoDashesAsItIs();
    void readsTimesAsUtc_data();
    void readsTimesAsUtc();
    void readsPostingsIntoTheirParts();
    void readsALoadIntoItsParts();
    void helpNeedsNothingElse_data();
    void helpNeedsNothingElse();
    void usageNamesEveryVerbAndOption();
};

void tst_Options::understandsEveryVerbOfTheContract_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("verb");
    const auto row = [](const char* text, int verb) {
        QTest::newRow(text) << QString::fromUtf8(text) << verb;
    };
    const auto place = [](const Verb& verb) { return int(verb.index()); };
    for (const char* text : {"lab start", "lab stop", "lab status", "lab reset", "lab uri",
                             "lab path", "lab status --json", "lab start --data /x",
                             "lab stop --yes", "lab reset --yes", "--connection lab lab stop"})
        row(text, place(LabOptions{}));
    for (const char* text : {"lab seed --users 5 --transactions 100",
                             "lab seed --users 5 --transactions 100 --seed 7 --crimes"})
        row(text, place(SeedOptions{}));
    row("lab mark --connection postgresql://h/d --yes", place(MarkOptions{}));
    for (const char* text : {"users", "users --search ann --limit 5 --json"})
        row(text, place(UsersOptions{}));
    for (const char* text :
         {"user create u", "user create u --email e@x --name N --no-balance-row"})
        row(text, place(UserCreateOptions{}));
    row("user show u --json", place(UserShowOptions{}));
    for (const char* text :
         {"history u", "history u --limit 3 --type TOP_UP --json", "history u --csv"})
        row(text, place(HistoryOptions{}));
    for (const char* text : {"balance u", "balance u --at 2026-05-01T14:02:11Z"})
        row(text, place(BalanceOptions{}));
    for (const char* text :
         {"top-up u 5 --reason r", "top-up u 5 --ceiling 10 --key k --reason r", "spend u 5",
          "spend u 5 --key k --reason r", "reward u WELCOME 500",
          "reward u WELCOME 500 --key REWARD-u-WELCOME", "refund u p 5 --reason r --key k",
          "reverse u k --reason r --key REVERSAL-k", "activate u k", "activate u k --key n",
          "activate u k --new-key n --key n --json"})
        row(text, place(PostingOptions{}));
    for (const char* text : {"verify u", "verify --all", "verify --all --json"})
        row(text, place(VerifyOptions{}));
    row("stress list --json", place(StressListOptions{}));
    for (const char* text :
         {"stress run exact-balance", "stress run f.json --way row-lock --clients 4 --seconds 2.5",
          "stress run x --way function --operations 10 --users 3 --seed 9 --keep-users",
          "stress run x --json a --html b --junit c --quiet"})
        row(text, place(StressRunOptions{}));
    for (const char* text : {"stress suite", "stress suite --way function --json a --html b "
                                             "--junit c --quiet"})
        row(text, place(StressSuiteOptions{}));
    row("stress controls --json a --quiet", place(StressControlsOptions{}));
    for (const char* text :
         {"pictures --output d", "pictures --output d --theme dark --size 1024x700 --scale 2"})
        row(text, place(PicturesOptions{}));
}

void tst_Options::understandsEveryVerbOfTheContract()
{
    QFETCH(const QString, text);
    QFETCH(const int, verb);
    QCOMPARE(int(parsed(text.toUtf8().constData()).verb.index()), verb);
}

void tst_Options::opensTheWindowWithoutAVerb()
{
    QVERIFY(verbOf<WindowOptions>("").user.isEmpty());
    QVERIFY(verbOf<WindowOptions>("--data /x").page.isEmpty());
    QCOMPARE(verbOf<WindowOptions>("--page stress").page, QStringLiteral("stress"));
    QCOMPARE(verbOf<WindowOptions>("--page customers --user u").user, QStringLiteral("u"));
}

void tst_Options::opensACustomerFromALink()
{
    QCOMPARE(verbOf<WindowOptions>("tallystick://user/ann").user, QStringLiteral("ann"));
    QCOMPARE(verbOf<WindowOptions>("tallystick://user/a%20b%2Fc").user, QStringLiteral("a b/c"));
    const Options options = parsed("--connection postgresql://h/d tallystick://user/ann");
    QCOMPARE(std::get<WindowOptions>(options.verb).user, QStringLiteral("ann"));
    QCOMPARE(options.connection.value_or(QString()), QStringLiteral("postgresql://h/d"));
}

void tst_Options::takesGlobalOptionsBeforeAndAfterTheVerb()
{
    for (const char* text : {"--connection postgresql://h/d --data /x balance u",
                             "balance u --data /x --connection postgresql://h/d",
                             "--data=/x balance --connection=postgresql://h/d u"}) {
        const Options options = parsed(text);
        QCOMPARE(options.connection.value_or(QString()), QStringLiteral("postgresql://h/d"));
        QCOMPARE(options.data, QStringLiteral("/x"));
        QCOMPARE(std::get<BalanceOptions>(options.verb).id, QStringLiteral("u"));
    }
    QVERIFY(!parsed("balance u").connection);
    QCOMPARE(parsed("--connection lab balance u").connection.value_or(QString()),
             QStringLiteral("lab"));
    QCOMPARE(parsed("--connection host=/tmp balance u").connection.value_or(QString()),
             QStringLiteral("host=/tmp"));
}

void tst_Options::readsAmountsExactly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("value");
    QTest::newRow("small") << QStringLiteral("5") << qint64(5);
    QTest::newRow("nothing") << QStringLiteral("0") << qint64(0);
    QTest::newRow("negative") << QStringLiteral("-7") << qint64(-7);
    QTest::newRow("leading zeros") << QStringLiteral("007") << qint64(7);
    QTest::newRow("beyond a double")
        << QStringLiteral("9007199254740993") << qint64(9007199254740993);
    QTest::newRow("largest") << QStringLiteral("9223372036854775807")
                             << std::numeric_limits<qint64>::max();
    QTest::newRow("smallest") << QStringLiteral("-9223372036854775808")
                              << std::numeric_limits<qint64>::min();
}

void tst_Options::readsAmountsExactly()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, value);
    const auto result = parseOptions({QStringLiteral("spend"), QStringLiteral("u"), text});
    QVERIFY(std::holds_alternative<Options>(result));
    const Options options = std::get<Options>(result);
    QCOMPARE(std::get<PostingOptions>(options.verb).amount.value(), value);
}

void tst_Options::takesANegativeNumberForAnAmountNotAnOption()
{
    QCOMPARE(verbOf<PostingOptions>("spend u -5").amount.value(), -5);
    QCOMPARE(verbOf<PostingOptions>("top-up u 5 --ceiling -5 --reason r").ceiling->value(), -5);
}

void tst_Options::takesEverythingAfterTwoDashesAsItIs()
{
    QCOMPARE(verbOf<BalanceOptions>("balance -- --json").id, QStringLiteral("--json"));
    QCOMPARE(verbOf<BalanceOptions>("balance --json -- --help").id, QStringLiteral("--help"));
    QCOMPARE(verbOf<BalanceOptions>("balance ''").id, QString());
}

void tst_Options::readsTimesAsUtc_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("micros");
    const qint64 noon = qint64(1777644131) * 1'000'000; // 2026-05-01 14:02:11 UTC
    QTest::newRow("zulu") << QStringLiteral("2026-05-01T14:02:11Z") << noon;
    QTest::newRow("no zone") << QStringLiteral("2026-05-01T14:02:11") << noon;
    QTest::newRow("as tables show it") << QStringLiteral("2026-05-01 14:02:11") << noon;
    QTest::newRow("with an offset") << QStringLiteral("2026-05-01T16:02:11+02:00") << noon;
    QTest::newRow("micros") << QStringLiteral("2026-05-01T14:02:11.482913Z") << noon + 482'913;
    QTest::newRow("one digit") << QStringLiteral("2026-05-01 14:02:11.5") << noon + 500'000;
    QTest::newRow("a date") << QStringLiteral("2026-05-01")
                            << noon - qint64(14 * 3600 + 2 * 60 + 11) * 1'000'000;
    QTest::newRow("in a gap of local time")
        << QStringLiteral("2026-03-29T02:30:00") << qint64(1774751400) * 1'000'000;
}

void tst_Options::readsTimesAsUtc()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, micros);
    const QByteArray zone = qgetenv("TZ");
    for (const char* local : {"UTC", "Europe/Berlin", "America/New_York"}) {
        qputenv("TZ", local);
        const auto result = parseOptions(
            {QStringLiteral("balance"), QStringLiteral("u"), QStringLiteral("--at"), text});
        QVERIFY(std::holds_alternative<Options>(result));
        const Options options = std::get<Options>(result);
        QCOMPARE(std::get<BalanceOptions>(options.verb).at->micros, micros);
    }
    zone.isEmpty() ? qunsetenv("TZ") : qputenv("TZ", zone);
}

void tst_Options::readsPostingsIntoTheirParts()
{
    const auto topUp = verbOf<PostingOptions>("top-up u 800 --ceiling 1000 --key k --reason why");
    QCOMPARE(topUp.operation, Operation::TopUp);
    QCOMPARE(topUp.id, QStringLiteral("u"));
    QCOMPARE(topUp.amount.value(), 800);
    QCOMPARE(topUp.ceiling->value(), 1000);
    QCOMPARE(topUp.key.value_or(QString()), QStringLiteral("k"));
    QCOMPARE(topUp.reason, QStringLiteral("why"));
    QVERIFY(!topUp.json);
    const auto spend = verbOf<PostingOptions>("spend u 5 --json");
    QCOMPARE(spend.operation, Operation::Spend);
    QVERIFY(spend.json && !spend.key && spend.reason.isEmpty());
    const auto reward = verbOf<PostingOptions>("reward u WELCOME 500");
    QCOMPARE(reward.operation, Operation::Reward);
    QCOMPARE(reward.step, QStringLiteral("WELCOME"));
    QCOMPARE(reward.amount.value(), 500);
    const auto refund = verbOf<PostingOptions>("refund u pay 7 --reason r");
    QCOMPARE(refund.operation, Operation::Refund);
    QCOMPARE(refund.subject, QStringLiteral("pay"));
    QCOMPARE(refund.amount.value(), 7);
    const auto reverse = verbOf<PostingOptions>("reverse u key --reason r");
    QCOMPARE(reverse.operation, Operation::Reverse);
    QCOMPARE(reverse.subject, QStringLiteral("key"));
    const auto activate = verbOf<PostingOptions>("activate u key --new-key n");
    QCOMPARE(activate.operation, Operation::Activate);
    QCOMPARE(activate.subject, QStringLiteral("key"));
    QCOMPARE(activate.newKey.value_or(QString()), QStringLiteral("n"));
}

void tst_Options::readsALoadIntoItsParts()
{
    const auto run = verbOf<StressRunOptions>("stress run hot --way row-lock --clients 8 --rate "
                                              "12.5 --seconds 2.5 --users 3 --seed 9 --keep-users "
                                              "--json j --html h --junit x --quiet");
    QCOMPARE(run.scenario, QStringLiteral("hot"));
    QCOMPARE(run.way.value_or(Way::Function), Way::RowLock);
    QCOMPARE(run.clients.value_or(0), 8);
    QCOMPARE(run.rate.value_or(0), 12.5);
    QCOMPARE(run.seconds.value_or(0), 2.5);
    QVERIFY(!run.operations);
    QCOMPARE(run.users.value_or(0), 3);
    QCOMPARE(run.seed.value_or(0), 9);
    QVERIFY(run.keepUsers && run.isQuiet);
    QCOMPARE(run.files.json + run.files.html + run.files.junit, QStringLiteral("jhx"));
    const auto seed = verbOf<SeedOptions>("lab seed --users 20 --transactions 300 --seed 4");
    QCOMPARE(seed.plan.users, 20);
    QCOMPARE(seed.plan.transactions, 300);
    QCOMPARE(seed.plan.seed, quint64(4));
    QVERIFY(!seed.plan.crimes);
    QVERIFY(verbOf<SeedOptions>("lab seed --users 2 --transactions 3 --crimes").plan.crimes);
}

void tst_Options::helpNeedsNothingElse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("alone") << QStringLiteral("--help") << QString();
    QTest::newRow("short") << QStringLiteral("-h") << QString();
    QTest::newRow("of a verb") << QStringLiteral("top-up --help") << QStringLiteral("top-up");
    QTest::newRow("of a group") << QStringLiteral("lab --help") << QStringLiteral("lab");
    QTest::newRow("of two words") << QStringLiteral("lab seed --help")
                                  << QStringLiteral("lab seed");
    QTest::newRow("before the verb")
        << QStringLiteral("--help stress run") << QStringLiteral("stress run");
    QTest::newRow("with nonsense") << QStringLiteral("nonsense --help") << QString();
}

void tst_Options::helpNeedsNothingElse()
{
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    QCOMPARE(verbOf<HelpOptions>(text.toUtf8().constData()).words, words);
    QVERIFY(usageOf(words).startsWith(QStringLiteral("Usage:")));
    static_cast<void>(verbOf<VersionOptions>("--version"));
}

void tst_Options::usageNamesEveryVerbAndOption()
{
    const QString all = usageOf(QString());
    for (const VerbRule& verb : verbRules()) {
        if (!verb.available) {
            QVERIFY2(!all.contains(QStringLiteral("tallystick ") + verb.words),
                     qPrintable(verb.words));
            continue;
        }
        QVERIFY2(all.contains(usageLine(verb)), qPrintable(verb.words));
        const QString own = usageOf(verb.words);
        for (const OptionRule& option : verb.options)
            QCOMPARE(own.contains(QStringLiteral("--") + option.name), option.available);
        const QStringList lines = own.split(QLatin1Char('\n'));
        for (const QString& row : lines)
            QVERIFY2(row.size() <= 100, qPrintable(row));
    }
}

QTEST_GUILESS_MAIN(tst_Options)
#include "tst_options.moc"
