package dev.propensity.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns in a file's schema, which is a tree whose nodes are listed depth first. */
final class FileSchema {
  private static final int MAX_DEPTH = 100;

  private final List<SchemaElement> elements;
  private int next;
  private int leaves;

  private FileSchema(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /**
   * The columns in the file's order.
   *
   * @throws RuntimeException where the list is no tree: the file is damaged
   */
  static List<ParquetColumn> columns(List<SchemaElement> elements) {
    return new FileSchema(elements).columns();
  }

  private List<ParquetColumn> columns() {
    int count = elements.get(next++).getNum_children();
    List<ParquetColumn> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(column());
    }
    if (next != elements.size()) {
      throw new IllegalStateException("schema elements are left");
    }
    return columns;
  }

  private ParquetColumn column() {
    SchemaElement element = elements.get(next);
    int leaf = leaves;
    skip(0);
    if (element.getNum_children() > 0) {
      return ParquetColumn.unread(element.getName(), nested(element));
    }
    if (element.getRepetition_type() == FieldRepetitionType.REPEATED) {
      return ParquetColumn.unread(element.getName(), "a list");
    }
    ValueText text = ColumnType.text(element);
    return text == null
        ? ParquetColumn.unread(element.getName(), "binary")
        : ParquetColumn.read(descriptor(element), leaf, text);
  }

  /** Goes to the element after this one and all below it. */
  private void skip(int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalStateException("the schema is too deep");
    }
    int children = elements.get(next++).getNum_children();
    leaves += children == 0 ? 1 : 0;
    for (int i = 0; i < children; i++) {
      skip(depth + 1);
    }
  }

  private static String nested(SchemaElement element) {
    ConvertedType type = element.getConverted_type();
    boolean isLogical = element.isSetLogicalType();
    if (type == ConvertedType.LIST || isLogical && element.getLogicalType().isSetLIST()) {
      return "a list";
    }
    boolean isMap = type == ConvertedType.MAP || type == ConvertedType.MAP_KEY_VALUE;
    return isMap || isLogical && element.getLogicalType().isSetMAP() ? "a map" : "a struct";
  }

  private static ColumnDescriptor descriptor(SchemaElement element) {
    boolean isOptional = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
    String name = element.getName();
    PrimitiveType type =
        Types.primitive(
                physical(element), isOptional ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED)
            .length(element.getType_length())
            .named(name);
    return new ColumnDescriptor(new String[] {name}, type, 0, isOptional ? 1 : 0);
  }

  private static PrimitiveType.PrimitiveTypeName physical(SchemaElement element) {
    return switch (element.getType()) {
      case BYTE_ARRAY -> PrimitiveType.PrimitiveTypeName.BINARY;
      default -> PrimitiveType.PrimitiveTypeName.valueOf(element.getType().name());
    };
  }
}
