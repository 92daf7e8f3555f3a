// SPDX-License-Identifier: GPL-3.0-or-later
//! Tables line up, CSV cannot carry a formula, and a lost result is noticed.
#include "app/output.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

QString cell(const QString& text)
{
    const QString written = QString::fromUtf8(csv({QStringLiteral("h")}, {{text}}));
    return written.mid(3, written.size() - 5); // between "h\r\n" and "\r\n"
}

} // namespace

class tst_Output final : public QObject
{
    Q_OBJECT

private slots:
    void alignsColumns();
    void measuresWideAndCombiningCharacters();
    void keepsDataFromMovingTheCursor();
    void guardsFormulas_data();
    void guardsFormulas();
    void quotesWhatCsvMustQuote();
    void printsResultsAndSaysTheRest();
    void noticesAFullDisk();
    void showsNoProgressWithoutATerminal();
};

void tst_Output::alignsColumns()
{
    const QString table = textTable(
        {{.title = QStringLiteral("id")}, {.title = QStringLiteral("n"), .isNumber = true}},
        {{QStringLiteral("ann"), QStringLiteral("1")},
         {QStringLiteral("b"), QStringLiteral("-20")}});
    QCOMPARE(table, QStringLiteral("id     n\nann    1\nb    -20"));
}

void tst_Output::measuresWideAndCombiningCharacters()
{
    const QString table = textTable(
        {{.title = QStringLiteral("id")}, {.title = QStringLiteral("n"), .isNumber = true}},
        {{QStringLiteral("雪"), QStringLiteral("1")},
         {QStringLiteral("e\u0301"), QStringLiteral("2")}});
    QCOMPARE(table, QStringLiteral("id  n\n雪  1\ne\u0301   2"));
}

void tst_Output::keepsDataFromMovingTheCursor()
{
    const QString hostile = QStringLiteral("a\x1b[2Jb\r\nc\td");
    QCOMPARE(printable(hostile), QStringLiteral("a [2Jb  c d"));
    const QString table = textTable({{.title = QStringLiteral("id")}}, {{hostile}});
    QCOMPARE(table.count(QLatin1Char('\n')), 1);
    QVERIFY(!table.contains(QLatin1Char('\x1b')));
}

void tst_Output::guardsFormulas_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const char* text, const char* written) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(written);
    };
    row("=1+1", "'=1+1");
    row("+1", "'+1");
    row("@SUM(A1)", "'@SUM(A1)");
    row("-2+3", "'-2+3");
    row("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0");
    row("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    row("-200", "-200");
    row("200", "200");
    row("a=b", "a=b");
    row("\t=1", "'\t=1");
}

void tst_Output::guardsFormulas()
{
    QFETCH(const QString, text);
    QFETCH(const QString, written);
    QCOMPARE(cell(text), written);
}

void tst_Output::quotesWhatCsvMustQuote()
{
    QCOMPARE(cell(QStringLiteral("a,b")), QStringLiteral("\"a,b\""));
    QCOMPARE(cell(QStringLiteral("say \"hi\"")), QStringLiteral("\"say \"\"hi\"\"\""));
    QCOMPARE(cell(QStringLiteral("two\nlines")), QStringLiteral("\"two\nlines\""));
    QCOMPARE(cell(QString()), QString());
    QCOMPARE(csv({QStringLiteral("a"), QStringLiteral("b")},
                 {{QStringLiteral("1"), QStringLiteral("é")}}),
             QByteArray("a,b\r\n1,é\r\n"));
}

void tst_Output::printsResultsAndSaysTheRest()
{
    QTemporaryDir directory;
    const QByteArray out = QFile::encodeName(directory.filePath(QStringLiteral("out")));
    const QByteArray err = QFile::encodeName(directory.filePath(QStringLiteral("err")));
    std::FILE* outFile = std::fopen(out.constData(), "w+");
    std::FILE* errFile = std::fopen(err.constData(), "w+");
    {
        Console console(outFile, errFile);
        console.print(QStringLiteral("größe"));
        console.print(QJsonObject{{QStringLiteral("a"), 1}});
        console.say(QStringLiteral("aside"));
        QVERIFY(console.isIntact());
    }
    std::fclose(outFile);
    std::fclose(errFile);
    QFile written(QFile::decodeName(out));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readLine(), QByteArray("größe\n"));
    QCOMPARE(QJsonDocument::fromJson(written.readAll()).object().value(QStringLiteral("a")), 1);
    QFile said(QFile::decodeName(err));
    QVERIFY(said.open(QIODevice::ReadOnly));
    QCOMPARE(said.readAll(), QByteArray("aside\n"));
}

void tst_Output::noticesAFullDisk()
{
    std::FILE* full = std::fopen("/dev/full", "w");
    QVERIFY(full);
    Console console(full, stderr);
    console.print(QStringLiteral("lost"));
    QVERIFY(!console.isIntact());
    std::fclose(full);
}

void tst_Output::showsNoProgressWithoutATerminal()
{
    std::FILE* file = std::tmpfile();
    QVERIFY(file);
    Console console(file, file);
    console.progress(QStringLiteral("50 %"));
    console.endProgress();
    QCOMPARE(std::ftell(file), 0L);
    std::fclose(file);
}

QTEST_GUILESS_MAIN(tst_Output)
#include "tst_output.moc"
