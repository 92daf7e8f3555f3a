// SPDX-License-Identifier: GPL-3.0-or-later
//! Fills the tree and indents the raw text without reading its numbers.
#include "ui/history/metadataview.h"

#include "ui/shared/label.h"

#include <QtCore/QJsonArray>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeWidget>

namespace tallystick {

namespace {

constexpr int deepest = 32;

QString scalarText(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double:
        return value.toVariant().toString();
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array:
    case QJsonValue::Object:
    case QJsonValue::Undefined:
        return {};
    }
    Q_UNREACHABLE();
}

void addTo(QTreeWidgetItem& parent, const QString& name, const QJsonValue& value, int depth)
{
    auto* item = new QTreeWidgetItem(&parent, {name, scalarText(value)});
    item->setToolTip(1, item->text(1));
    if (depth >= deepest)
        return;
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype index = 0; index < array.size(); ++index)
            addTo(*item, QString::number(index), array.at(index), depth + 1);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            addTo(*item, member.key(), member.value(), depth + 1);
    }
}

QToolButton* makeSwitch(const QString& text, const QString& objectName)
{
    auto* button = new QToolButton;
    button->setText(text);
    button->setObjectName(objectName);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFont(theme::font(theme::Type::Caption));
    return button;
}

} // namespace

QString indented(const QString& json)
{
    QString out;
    int depth = 0;
    bool isInString = false;
    const auto newLine = [&] { out += QLatin1Char('\n') + QString(depth * 2, QLatin1Char(' ')); };
    for (qsizetype at = 0; at < json.size(); ++at) {
        const QChar c = json.at(at);
        if (isInString) {
            out += c;
            if (c == QLatin1Char('\\') && at + 1 < json.size())
                out += json.at(++at);
            else if (c == QLatin1Char('"'))
                isInString = false;
            continue;
        }
        if (c.isSpace())
            continue;
        if (c == QLatin1Char('}') || c == QLatin1Char(']')) {
            --depth;
            newLine();
        }
        out += c;
        if (c == QLatin1Char('"')) {
            isInString = true;
        } else if (c == QLatin1Char('{') || c == QLatin1Char('[')) {
            ++depth;
            newLine();
        } else if (c == QLatin1Char(',')) {
            newLine();
        } else if (c == QLatin1Char(':')) {
            out += QLatin1Char(' ');
        }
    }
    return out;
}

MetadataView::MetadataView(QWidget* parent)
    : QWidget(parent)
    , m_asTree(makeSwitch(tr("Tree"), QStringLiteral("metadataAsTree")))
    , m_asRaw(makeSwitch(tr("Raw"), QStringLiteral("metadataAsRaw")))
    , m_pages(new QStackedWidget)
    , m_tree(new QTreeWidget)
    , m_raw(new QPlainTextEdit)
{
    m_asTree->setAccessibleName(tr("Metadata as a tree"));
    m_asRaw->setAccessibleName(tr("Metadata as text"));
    m_tree->setObjectName(QStringLiteral("metadataTree"));
    m_tree->setAccessibleName(tr("Metadata"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(theme::group);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_raw->setObjectName(QStringLiteral("metadataRaw"));
    m_raw->setAccessibleName(tr("Metadata as text"));
    m_raw->setReadOnly(true);
    m_raw->setFrameShape(QFrame::NoFrame);
    m_raw->setFont(theme::font(theme::Type::Mono));
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_raw);

    auto* group = new QButtonGroup(this);
    group->addButton(m_asTree);
    group->addButton(m_asRaw);
    m_asTree->setChecked(true);
    auto* line = new QHBoxLayout;
    line->setSpacing(theme::tight);
    line->addWidget(new Label(theme::Type::Caption, theme::Role::Secondary, tr("Metadata")));
    line->addStretch();
    line->addWidget(m_asTree);
    line->addWidget(m_asRaw);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::tight);
    column->addLayout(line);
    column->addWidget(m_pages, 1);
    connect(m_asRaw, &QToolButton::toggled, this,
            [this](bool isRaw) { m_pages->setCurrentIndex(isRaw ? 1 : 0); });
}

void MetadataView::show(const QJsonObject& metadata, const QByteArray& text)
{
    m_tree->clear();
    for (auto member = metadata.begin(); member != metadata.end(); ++member)
        addTo(*m_tree->invisibleRootItem(), member.key(), member.value(), 0);
    m_tree->expandToDepth(1);
    m_raw->setPlainText(indented(QString::fromUtf8(text)));
}

} // namespace tallystick
