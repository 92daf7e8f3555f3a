// SPDX-License-Identifier: GPL-3.0-or-later
//! One version everywhere: what the build says is what people are told.
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QProcessEnvironment>
#include <QtCore/QRegularExpression>
#include <QtTest/QtTest>

using namespace Qt::StringLiterals;

namespace {

QString readSource(const QString& path)
{
    QFile file(QStringLiteral(TALLYSTICK_SOURCE_DIR "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString firstMatch(const QString& pattern, const QString& text)
{
    return QRegularExpression(pattern).match(text).captured(1);
}

} // namespace

class tst_Version final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_version = firstMatch(u"project\\(tallystick VERSION ([0-9.]+)"_s,
                               readSource(u"CMakeLists.txt"_s));
        QVERIFY(!m_version.isEmpty());
    }

    void programNamesIt()
    {
        // Neither display nor database nor home: --version needs nothing.
        QProcess program;
        QProcessEnvironment bare;
        bare.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
        program.setProcessEnvironment(bare);
        program.start(QStringLiteral(TALLYSTICK_BINARY), {u"--version"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(QString::fromUtf8(program.readAllStandardOutput()).trimmed(),
                 u"tallystick "_s + m_version);
    }

    void changelogBeginsWithIt()
    {
        QCOMPARE(firstMatch(u"\\n## ([0-9.]+)"_s, readSource(u"CHANGELOG.md"_s)), m_version);
    }

    void metainfoNamesItAsTheNewestRelease()
    {
        const QString metainfo =
            readSource(u"packaging/desktop/org.tallystick.tallystick.metainfo.xml"_s);
        QCOMPARE(firstMatch(u"<release version=\"([^\"]+)\""_s, metainfo), m_version);
    }

    void nobodyElseRepeatsIt_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("placeholder");
        QTest::newRow("manual page")
            << u"packaging/man/tallystick.1.in"_s << u"@PROJECT_VERSION@"_s;
        QTest::newRow("Debian changelog")
            << u"packaging/debian/changelog.in"_s << u"@PROJECT_VERSION@"_s;
    }

    void nobodyElseRepeatsIt()
    {
        QFETCH(QString, path);
        QFETCH(QString, placeholder);
        const QString text = readSource(path);
        QVERIFY2(text.contains(placeholder), qPrintable(path));
        QVERIFY2(!text.contains(m_version), qPrintable(path));
    }

private:
    QString m_version;
};

QTEST_GUILESS_MAIN(tst_Version)
#include "tst_version.moc"
