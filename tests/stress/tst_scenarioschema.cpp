// SPDX-License-Identifier: GPL-3.0-or-later
//! The shipped JSON Schema and the parser of scenario files say the same.
#include "ledger/stress/scenario.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QtTest>

#include <functional>

using namespace tallystick;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(QStringLiteral(TALLYSTICK_SOURCE_DIR "/resources/") + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(path));
    return file.readAll();
}

/// As much of JSON Schema 2020-12 as the shipped one uses; a keyword it does not know ends the
/// test.
class Schema final
{
public:
    Schema()
        : m_root(
              QJsonDocument::fromJson(contentOf(QStringLiteral("scenario.schema.json"))).object())
    {
    }
    [[nodiscard]] const QJsonObject& root() const { return m_root; }
    /// The first place where \a value does not fit; empty where it fits.
    [[nodiscard]] QString misfit(const QJsonValue& value) const
    {
        return misfit(value, m_root, QStringLiteral("$"));
    }
    /// What a schema stands for: itself, what it refers to, or one of several.
    [[nodiscard]] QList<QJsonObject> alternatives(const QJsonObject& schema) const
    {
        if (schema.contains(QStringLiteral("$ref")))
            return alternatives(resolved(schema.value(QStringLiteral("$ref")).toString()));
        QList<QJsonObject> all{schema};
        for (const QJsonValue one : schema.value(QStringLiteral("anyOf")).toArray())
            all += alternatives(one.toObject());
        return all;
    }

private:
    [[nodiscard]] QJsonObject resolved(const QString& reference) const
    {
        const QString prefix = QStringLiteral("#/$defs/");
        const QJsonObject definitions = m_root.value(QStringLiteral("$defs")).toObject();
        const QString name = reference.mid(prefix.size());
        if (!reference.startsWith(prefix) || !definitions.contains(name))
            qFatal("no schema %s", qPrintable(reference));
        return definitions.value(name).toObject();
    }
    static bool isOfType(const QJsonValue& value, const QString& type)
    {
        if (type == QLatin1String("integer"))
            return value.isDouble() && value.toInteger(0) == value.toInteger(1);
        return (type == QLatin1String("object") && value.isObject()) ||
               (type == QLatin1String("array") && value.isArray()) ||
               (type == QLatin1String("string") && value.isString()) ||
               (type == QLatin1String("boolean") && value.isBool()) ||
               (type == QLatin1String("number") && value.isDouble());
    }
    [[nodiscard]] QString misfit(const QJsonValue& value, const QJsonObject& schema,
                                 const QString& path) const
    {
        for (auto keyword = schema.begin(); keyword != schema.end(); ++keyword) {
            const QString wrong = misfitOf(value, schema, keyword.key(), keyword.value(), path);
            if (!wrong.isEmpty())
                return wrong;
        }
        return {};
    }
    [[nodiscard]] QString misfitOf(const QJsonValue& value, const QJsonObject& schema,
                                   const QString& keyword, const QJsonValue& says,
                                   const QString& path) const
    {
        static const QSet<QString> notes{QStringLiteral("$schema"), QStringLiteral("$id"),
                                         QStringLiteral("title"), QStringLiteral("description"),
                                         QStringLiteral("$defs")};
        const QString wrong = path + QLatin1Char(' ') + keyword;
        const auto unless = [&wrong](bool fits) { return fits ? QString() : wrong; };
        if (notes.contains(keyword))
            return {};
        if (keyword == QLatin1String("type"))
            return unless(isOfType(value, says.toString()));
        if (keyword == QLatin1String("enum"))
            return unless(says.toArray().contains(value));
        if (keyword == QLatin1String("minimum"))
            return unless(!value.isDouble() || value.toDouble() >= says.toDouble());
        if (keyword == QLatin1String("maximum"))
            return unless(!value.isDouble() || value.toDouble() <= says.toDouble());
        if (keyword == QLatin1String("minLength"))
            return unless(!value.isString() || value.toString().size() >= says.toInt());
        if (keyword == QLatin1String("maxLength"))
            return unless(!value.isString() || value.toString().size() <= says.toInt());
        if (keyword == QLatin1String("minItems"))
            return unless(!value.isArray() || value.toArray().size() >= says.toInt());
        if (keyword == QLatin1String("maxItems"))
            return unless(!value.isArray() || value.toArray().size() <= says.toInt());
        if (keyword == QLatin1String("$ref"))
            return misfit(value, resolved(says.toString()), path);
        if (keyword == QLatin1String("anyOf")) {
            QString all = wrong;
            for (const QJsonValue one : says.toArray()) {
                const QString reason = misfit(value, one.toObject(), path);
                if (reason.isEmpty())
                    return {};
                all += QStringLiteral(" (%1)").arg(reason);
            }
            return all;
        }
        if (keyword == QLatin1String("items")) {
            for (qsizetype index = 0; index < value.toArray().size(); ++index) {
                const QString reason = misfit(value.toArray().at(index), says.toObject(),
                                              QStringLiteral("%1[%2]").arg(path).arg(index));
                if (!reason.isEmpty())
                    return reason;
            }
            return {};
        }
        return misfitOfMembers(value.toObject(), schema, keyword, says, path);
    }
    [[nodiscard]] QString misfitOfMembers(const QJsonObject& object, const QJsonObject& schema,
                                          const QString& keyword, const QJsonValue& says,
                                          const QString& path) const
    {
        const QJsonObject properties = schema.value(QStringLiteral("properties")).toObject();
        const bool isNames = keyword == QLatin1String("propertyNames");
        const bool isOthers = keyword == QLatin1String("additionalProperties");
        if (keyword == QLatin1String("required")) {
            for (const QJsonValue name : says.toArray())
                if (!object.contains(name.toString()))
                    return path + QLatin1String(" lacks ") + name.toString();
            return {};
        }
        if (!isNames && !isOthers && keyword != QLatin1String("properties"))
            qFatal("%s: unknown keyword %s", qPrintable(path), qPrintable(keyword));
        for (auto member = object.begin(); member != object.end(); ++member) {
            const QString inner = path + QLatin1Char('.') + member.key();
            const bool isKnown = properties.contains(member.key());
            QString reason;
            if (isNames)
                reason = misfit(QJsonValue(member.key()), says.toObject(), inner);
            else if (isOthers && !isKnown)
                reason = says.isObject() ? misfit(member.value(), says.toObject(), inner)
                                         : inner + QLatin1String(" is no member");
            else if (!isOthers && isKnown)
                reason = misfit(member.value(), properties.value(member.key()).toObject(), inner);
            if (!reason.isEmpty())
                return reason;
        }
        return {};
    }

    QJsonObject m_root;
};

/// Files that between them hold every member in every situation the parser tells apart.
QList<QJsonObject> samples()
{
    QList<QJsonObject> files;
    const auto add = [&files](const QByteArray& json) {
        QJsonParseError error;
        files.append(QJsonDocument::fromJson(json, &error).object());
        if (files.last().isEmpty())
            qFatal("%s: %s", qPrintable(error.errorString()), json.constData());
    };
    add(R"({"$schema": "scenario.schema.json", "name": "a", "title": "b", "description": "c",
        "seed": 1, "suite": false, "faults": [], "thresholds": ["response.p99 < 50ms"],
        "target": {"way": "statements", "statements": {
            "spend": {"transaction": true, "steps": ["SELECT 1"]},
            "topUp": {"transaction": true, "steps": ["SELECT 1"]},
            "grant": {"transaction": true, "steps": ["SELECT 1"]},
            "reward": {"transaction": true, "steps": ["SELECT 1"]},
            "refund": {"transaction": true, "steps": ["SELECT 1"]},
            "reverse": {"transaction": true, "steps": ["SELECT 1"]},
            "activate": {"transaction": true, "steps": ["SELECT 1"]},
            "read": {"transaction": true, "steps": ["SELECT 1"]}}},
        "users": {"count": 1, "openingBalance": 5, "balanceRow": true, "history": true,
            "prepared": [{"name": "p", "operation": "topUp", "amount": 1, "active": false}],
            "choice": {"kind": "uniform"}},
        "mix": [
            {"operation": "spend", "weight": 1, "amount": {"min": 1, "max": 2},
             "mayOverdraw": true, "key": "k", "delayMillis": 0},
            {"operation": "topUp", "count": 1, "amount": 1, "ceiling": 1, "afterOthers": true},
            {"operation": "grant", "weight": 1, "amount": -1},
            {"operation": "reward", "weight": 1, "amount": 1, "step": "s"},
            {"operation": "refund", "weight": 1, "amount": 1, "of": "opening"},
            {"operation": "reverse", "weight": 1, "of": "opening"},
            {"operation": "activate", "weight": 1, "of": "p"},
            {"operation": "read", "weight": 1}],
        "load": {"model": "closed", "clients": 2, "thinkMillis": 0, "holdLockMillis": 0},
        "until": {"operations": 20},
        "expect": {"balance": 0, "ok": 0, "replayed": 0, "failed": 0,
            "refused": {"CreditsInsufficient": 0}, "rowsByType": {"USAGE": 0},
            "runningBalancesWithin": [1], "minRunningBalance": 0, "newestRunningBalance": 0,
            "newestAmount": 0, "newestRequested": 0, "distinctRunningBalances": 0,
            "keyOfOnlyGrant": "k", "lockWaitsSeen": false},
        "control": {"invariants": ["R4"]}})");
    for (const char* const load :
         {R"({"model": "open", "clients": 2, "ratePerSecond": 5, "arrivals": "poisson",
              "late": "skip", "holdLockMillis": 0,
              "profile": {"kind": "ramp", "seconds": 1, "from": 1}})",
          R"({"profile": {"kind": "constant"}})",
          R"({"profile": {"kind": "steps", "seconds": 1, "levels": [1, 2]}})",
          R"({"profile": {"kind": "spike", "seconds": 1, "level": 1, "at": 1}})"})
        add(QByteArray(R"({"name": "a", "mix": [{"operation": "read", "weight": 1}],
            "until": {"seconds": 5}, "load": )") +
            load + "}");
    for (const char* const choice :
         {R"({"kind": "zipf", "theta": 1})", R"({"kind": "hotSet", "users": 1, "percent": 5})",
          R"({"kind": "single"})"})
        add(QByteArray(R"({"name": "a", "mix": [{"operation": "read", "count": 1}],
            "control": [{"fault": "no-lock", "invariants": ["R4"]}],
            "users": {"count": 3, "choice": )") +
            choice + "}}");
    return files;
}

/// A place in a file: member names, and numbers of list elements.
using Place = QList<std::variant<QString, qsizetype>>;

QString pathOf(const Place& place)
{
    QString path;
    for (const auto& token : place)
        if (const auto* name = std::get_if<QString>(&token))
            path += (path.isEmpty() ? QString() : QStringLiteral(".")) + *name;
        else
            path += QStringLiteral("[%1]").arg(std::get<qsizetype>(token));
    return path;
}

QJsonValue changed(const QJsonValue& value, const Place& place,
                   const std::function<QJsonValue(const QJsonValue&)>& change)
{
    if (place.isEmpty())
        return change(value);
    const Place rest = place.mid(1);
    if (const auto* name = std::get_if<QString>(&place.first())) {
        QJsonObject object = value.toObject();
        object.insert(*name, changed(object.value(*name), rest, change));
        return object;
    }
    QJsonArray array = value.toArray();
    const qsizetype index = std::get<qsizetype>(place.first());
    array.replace(index, changed(array.at(index), rest, change));
    return array;
}

/// A value of a file beside what the schema says of its place.
struct Visit
{
    Place place;
    QString shape; ///< the path with [] for every element
    QJsonValue value;
    QList<QJsonObject> schemas;
};

void visit(const Schema& schema, const Visit& here, const std::function<void(const Visit&)>& tell)
{
    tell(here);
    const auto go = [&](const std::variant<QString, qsizetype>& token, const QString& shape,
                        const QJsonValue& value, const char* keyword, const QString& name) {
        QList<QJsonObject> inner;
        for (const QJsonObject& one : here.schemas) {
            const QJsonValue found = one.value(QLatin1String(keyword));
            const QJsonObject next = name.isEmpty() ? found.toObject() : found[name].toObject();
            if (!next.isEmpty())
                inner += schema.alternatives(next);
            else if (!name.isEmpty() &&
                     one.value(QStringLiteral("additionalProperties")).isObject())
                inner += schema.alternatives(
                    one.value(QStringLiteral("additionalProperties")).toObject());
        }
        visit(schema, {here.place + Place{token}, shape, value, inner}, tell);
    };
    const QJsonObject object = here.value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member)
        go(member.key(), here.shape + QLatin1Char('.') + member.key(), member.value(), "properties",
           member.key());
    const QJsonArray array = here.value.toArray();
    for (qsizetype index = 0; index < array.size(); ++index)
        go(index, here.shape + QStringLiteral("[]"), array.at(index), "items", {});
}

std::optional<ScenarioError> errorOf(const QJsonValue& file)
{
    const auto parsed = parseScenario(QJsonDocument(file.toObject()).toJson());
    const auto* const error = std::get_if<ScenarioError>(&parsed);
    return error ? std::optional(*error) : std::nullopt;
}

/// The names a complaint lists after "…: " or "one of ".
QSet<QString> listed(const QString& expected, const QString& before)
{
    if (!expected.startsWith(before))
        return {};
    const QStringList names = expected.mid(before.size()).split(QStringLiteral(", "));
    return {names.begin(), names.end()};
}

} // namespace

class TestScenarioSchema final : public QObject
{
    Q_OBJECT
private slots:
    void everyBuiltinFits();
    void everySampleIsReadAndFits();
    void membersAreTheParsersMembers();
    void enumerationsAreTheParsersNames();
    void limitsAreTheParsersLimits();
    void whatIsRequiredIsRequiredByTheParser();
    void bothRefuseWhatMakesNoRun_data();
    void bothRefuseWhatMakesNoRun();

private:
    void visitSamples(const std::function<void(const QJsonObject&, const Visit&)>& tell) const
    {
        for (const QJsonObject& file : samples())
            visit(m_schema, {{}, {}, file, m_schema.alternatives(m_schema.root())},
                  [&](const Visit& here) { tell(file, here); });
    }
    Schema m_schema;
};

void TestScenarioSchema::everyBuiltinFits()
{
    const QDir folder(QStringLiteral(TALLYSTICK_SOURCE_DIR "/resources/scenarios"));
    const QStringList names = folder.entryList({QStringLiteral("*.json")});
    QCOMPARE(names.size(), builtinScenarios().size());
    for (const QString& name : names) {
        const QString wrong = m_schema.misfit(
            QJsonDocument::fromJson(contentOf(QStringLiteral("scenarios/") + name)).object());
        QVERIFY2(wrong.isEmpty(), qPrintable(name + QStringLiteral(": ") + wrong));
    }
    for (const Scenario& scenario : builtinScenarios()) {
        const QString wrong = m_schema.misfit(toJson(scenario)); // as reports keep it
        QVERIFY2(wrong.isEmpty(), qPrintable(scenario.name + QStringLiteral(": ") + wrong));
    }
}

void TestScenarioSchema::everySampleIsReadAndFits()
{
    QCOMPARE(QJsonDocument::fromJson(scenarioSchema()).object(), m_schema.root());
    for (const QJsonObject& file : samples()) {
        const auto error = errorOf(file);
        QVERIFY2(!error, error ? qPrintable(error->path + u' ' + error->expected) : "");
        QVERIFY2(m_schema.misfit(file).isEmpty(), qPrintable(m_schema.misfit(file)));
    }
}

void TestScenarioSchema::membersAreTheParsersMembers()
{
    const QString probe = QStringLiteral("zzz");
    QMap<QString, QSet<QString>> parsers; // by the shape of the object
    QMap<QString, QSet<QString>> schemas;
    visitSamples([&](const QJsonObject& file, const Visit& here) {
        if (!here.value.isObject())
            return;
        const auto error = errorOf(changed(file, here.place, [&](const QJsonValue& value) {
            QJsonObject object = value.toObject();
            object.insert(probe, 1);
            return object;
        }));
        QVERIFY2(error, qPrintable(pathOf(here.place)));
        QCOMPARE(error->path, pathOf(here.place + Place{probe}));
        const auto known = listed(error->expected, QStringLiteral("one of the members "));
        QVERIFY2(!known.isEmpty(), qPrintable(error->expected));
        // A control may stand alone or in a list.
        const QString shape =
            here.shape == QLatin1String(".control[]") ? QStringLiteral(".control") : here.shape;
        parsers[shape] += known;
        for (const QJsonObject& one : here.schemas) {
            const QStringList names = one.value(QStringLiteral("properties")).toObject().keys();
            schemas[shape] += QSet<QString>(names.begin(), names.end());
            const QJsonValue keys = one[QStringLiteral("propertyNames")][QStringLiteral("enum")];
            for (const QJsonValue key : keys.toArray())
                schemas[shape].insert(key.toString());
        }
    });
    QVERIFY(parsers.size() >= 20);
    for (auto known = parsers.begin(); known != parsers.end(); ++known) {
        const QSet<QString> inSchema = schemas.value(known.key());
        const QSet<QString> missing = *known - inSchema;
        const QSet<QString> invented = inSchema - *known;
        QVERIFY2(missing.isEmpty() && invented.isEmpty(),
                 qPrintable(QStringLiteral("%1: not in the schema: %2; not read: %3")
                                .arg(known.key(), missing.values().join(u' '),
                                     invented.values().join(u' '))));
    }
}

void TestScenarioSchema::enumerationsAreTheParsersNames()
{
    int compared = 0;
    visitSamples([&](const QJsonObject& file, const Visit& here) {
        QSet<QString> names;
        for (const QJsonObject& one : here.schemas)
            for (const QJsonValue name : one.value(QStringLiteral("enum")).toArray())
                names.insert(name.toString());
        if (names.isEmpty())
            return;
        const auto error = errorOf(
            changed(file, here.place, [](const QJsonValue&) { return QStringLiteral("zzz"); }));
        QVERIFY(error);
        QCOMPARE(error->path, pathOf(here.place));
        QCOMPARE(listed(error->expected, QStringLiteral("one of ")), names);
        ++compared;
    });
    QVERIFY(compared >= 15);
}

void TestScenarioSchema::limitsAreTheParsersLimits()
{
    QSet<QString> compared;
    visitSamples([&](const QJsonObject& file, const Visit& here) {
        for (const QJsonObject& one : here.schemas)
            for (const auto& [keyword, step] :
                 {std::pair("minimum", -1), std::pair("maximum", 1)}) {
                const QJsonValue limit = one.value(QLatin1String(keyword));
                // Beyond 64 bits there is no whole number to try.
                if (!limit.isDouble() || limit.toInteger() == std::numeric_limits<qint64>::max())
                    continue;
                const QJsonValue beyond = limit.toDouble() == std::floor(limit.toDouble())
                                              ? QJsonValue(limit.toInteger() + step)
                                              : QJsonValue(limit.toDouble() + step);
                const QJsonValue changedFile =
                    changed(file, here.place, [&](const QJsonValue&) { return beyond; });
                const auto error = errorOf(changedFile);
                const QByteArray about = pathOf(here.place).toUtf8() + ' ' + keyword;
                QVERIFY2(error && error->path == pathOf(here.place), about);
                QVERIFY2(!m_schema.misfit(changedFile).isEmpty(), about);
                const auto within =
                    errorOf(changed(file, here.place, [&](const QJsonValue&) { return limit; }));
                // Another member may not go with it, but it is no number out of range.
                QVERIFY2(!within || within->path != pathOf(here.place) ||
                             !within->expected.contains(QStringLiteral("number from")) ||
                             here.shape.contains(QStringLiteral(".profile.")),
                         about + ": " + (within ? within->expected.toUtf8() : QByteArray()));
                compared.insert(here.shape + QLatin1String(keyword));
            }
    });
    QVERIFY2(compared.size() >= 40, QByteArray::number(compared.size()));
}

void TestScenarioSchema::whatIsRequiredIsRequiredByTheParser()
{
    int compared = 0;
    visitSamples([&](const QJsonObject& file, const Visit& here) {
        QSet<QString> required;
        for (const QJsonObject& one : here.schemas)
            if (here.value.isObject())
                for (const QJsonValue name : one.value(QStringLiteral("required")).toArray())
                    required.insert(name.toString());
        for (const QString& name : required) {
            const QJsonValue without = changed(file, here.place, [&](const QJsonValue& value) {
                QJsonObject object = value.toObject();
                object.remove(name);
                return object;
            });
            QVERIFY2(errorOf(without), qPrintable(pathOf(here.place + Place{name})));
            QVERIFY(!m_schema.misfit(without).isEmpty());
            ++compared;
        }
    });
    QVERIFY(compared >= 20);
}

void TestScenarioSchema::bothRefuseWhatMakesNoRun_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("path");
    const auto row = [](const char* name, const char* members, const char* path) {
        QTest::newRow(name) << QByteArray(members) << QString::fromLatin1(path);
    };
    row("0 users", R"("users": {"count": 0})", "users.count");
    row("0 clients", R"("load": {"clients": 0})", "load.clients");
    row("10,000 clients", R"("load": {"clients": 10000})", "load.clients");
    row("rate 0", R"("load": {"model": "open", "ratePerSecond": 0})", "load.ratePerSecond");
    row("rate 10 million", R"("load": {"model": "open", "ratePerSecond": 10000000})",
        "load.ratePerSecond");
    row("no time", R"("until": {"seconds": 0})", "until.seconds");
    row("a faulty injection", R"("faults": [{"kind": "kill"}])", "faults");
}

void TestScenarioSchema::bothRefuseWhatMakesNoRun()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, path);
    const QByteArray json =
        R"({"name": "x", "mix": [{"operation": "read", "count": 1}], )" + members + "}";
    const QJsonObject file = QJsonDocument::fromJson(json).object();
    QVERIFY(!file.isEmpty());
    const auto error = errorOf(file);
    QVERIFY(error);
    QCOMPARE(error->path, path);
    QVERIFY(!m_schema.misfit(file).isEmpty());
}

QTEST_APPLESS_MAIN(TestScenarioSchema)
#include "tst_scenarioschema.moc"
